#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-file-mark-private.h"

#include <string.h>

#define MARK "Certholder "
#define HASH "sha256:"
#define NOTE "Certholder: "

static gboolean
is_ours (const char *line)
{
  return g_str_has_prefix (line, MARK) || g_str_has_prefix (line, NOTE);
}

/* What people wrote, without our line. */
static char *
dup_theirs (const char *description)
{
  g_auto (GStrv) lines = g_strsplit (description != NULL ? description : "", "\n", -1);
  g_autoptr (GString) theirs = g_string_new (NULL);
  guint i;

  for (i = 0; lines[i] != NULL; i++)
    {
      if (is_ours (lines[i]))
        continue;
      if (theirs->len > 0)
        g_string_append_c (theirs, '\n');
      g_string_append (theirs, lines[i]);
    }
  return g_strdup (theirs->str);
}

static char *
put_before (char       *line,
            const char *description)
{
  g_autofree char *ours = line;
  g_autofree char *theirs = dup_theirs (description);

  return *theirs != '\0' ? g_strconcat (ours, "\n", theirs, NULL) : g_steal_pointer (&ours);
}

/*< private > */
char *
_ch_file_mark_describe (const ChSharedRecord *record,
                        const char           *sha256,
                        const char           *description)
{
  return put_before (record != NULL ? g_strdup_printf (MARK "%s " HASH "%s", record->uuid, sha256)
                                    : g_strconcat (MARK HASH, sha256, NULL),
                     description);
}

/*< private > */
char *
_ch_file_mark_note (const char *note,
                    const char *description)
{
  return put_before (g_strconcat (NOTE, note, NULL), description);
}

/*< private > */
char *
_ch_file_mark_dup_content (const char *description)
{
  const char *hash = description != NULL && g_str_has_prefix (description, MARK) ? strstr (description, HASH) : NULL;

  return hash != NULL ? g_strndup (hash + strlen (HASH), strspn (hash + strlen (HASH), "0123456789abcdef")) : NULL;
}

/*< private > */
gboolean
_ch_file_mark_is_of (const char           *description,
                     const ChSharedRecord *record)
{
  return description != NULL && g_str_has_prefix (description, MARK) && strstr (description, record->uuid) != NULL;
}

/*< private > */
gboolean
_ch_file_mark_is_taken_in (const char *description)
{
  return description != NULL && g_str_has_prefix (description, MARK HASH);
}
