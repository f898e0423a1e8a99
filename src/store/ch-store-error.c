#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include <errno.h>
#include <sqlite3.h>

#include <glib/gi18n-lib.h>

#include "ch-store-error-private.h"

G_DEFINE_QUARK (ch-store-error-quark, ch_store_error)

static void
set_constraint_error (GError     **error,
                      int          code,
                      const char  *detail)
{
  switch (code)
    {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      g_set_error (error, CH_STORE_ERROR, CH_STORE_ERROR_EXISTS, _("Such a row is there already (%s)."), detail);
      break;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      g_set_error (error, CH_STORE_ERROR, CH_STORE_ERROR_INVALID,
                   _("It refers to a project, sub, commitment or other thing that is not known here (%s)."), detail);
      break;
    default:
      g_set_error (error, CH_STORE_ERROR, CH_STORE_ERROR_INVALID, _("The values can’t be stored as they are (%s)."),
                   detail);
      break;
    }
}

/* EFBIG: the file system, or the process, allows no file of this size. */
static gboolean
is_full (int number)
{
  return number == ENOSPC || number == EDQUOT || number == EFBIG;
}

static void
set_full (GError **error)
{
  g_set_error_literal (error, CH_STORE_ERROR, CH_STORE_ERROR_FULL,
                       _("The disk is full. Free some space; nothing was lost."));
}

/*
 * _ch_store_error_set_sqlite:
 * @code: SQLite's extended result code (https://www.sqlite.org/rescode.html)
 * @number: what the system said behind it (sqlite3_system_errno()), 0 for nothing
 * @detail: SQLite's own words
 *
 * Says in plain words what happened and what a person can do about it.
 */
void
_ch_store_error_set_sqlite (GError     **error,
                            int          code,
                            int          number,
                            const char  *detail)
{
  switch (code & 0xff)
    {
    case SQLITE_FULL:
      set_full (error);
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error_literal (error, CH_STORE_ERROR, CH_STORE_ERROR_BUSY,
                           _("Another program is writing to the database. Try again in a moment; "
                             "nothing was changed."));
      break;
    case SQLITE_NOTADB:
      g_set_error_literal (error, CH_STORE_ERROR, CH_STORE_ERROR_CORRUPT,
                           _("The file is not a database, or it is damaged. Nothing was changed; restore a backup."));
      break;
    case SQLITE_CORRUPT:
    case SQLITE_ERROR:
    case SQLITE_FORMAT:
    case SQLITE_SCHEMA:
      g_set_error (error, CH_STORE_ERROR, CH_STORE_ERROR_CORRUPT,
                   _("The database is damaged (%s). Nothing was changed; restore a backup."), detail);
      break;
    case SQLITE_CONSTRAINT:
      set_constraint_error (error, code, detail);
      break;
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
    case SQLITE_RANGE:
      g_set_error (error, CH_STORE_ERROR, CH_STORE_ERROR_INVALID, _("The values can’t be stored as they are (%s)."),
                   detail);
      break;
    case SQLITE_INTERRUPT:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("It was cancelled."));
      break;
    default:
      /* Even to be read the database needs a little space beside it, for what its readers and writers share. */
      if (is_full (number))
        set_full (error);
      else
        g_set_error (error, CH_STORE_ERROR, CH_STORE_ERROR_IO,
                     _("The disk refused (%s). Check the disk and the folder’s permissions; nothing was lost."),
                     detail);
      break;
    }
}

void
_ch_store_error_set_errno (GError     **error,
                           int          number,
                           const char  *path)
{
  if (is_full (number))
    set_full (error);
  else
    g_set_error (error, CH_STORE_ERROR, CH_STORE_ERROR_IO,
                 _("The disk refused “%s” (%s). Check the disk and the folder’s permissions; nothing was lost."),
                 path, g_strerror (number));
}
