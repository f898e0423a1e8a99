#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-lockdown.h"

#include "ch-landlock.h"
#include "ch-poppler-autoptr.h"
#include "ch-reading-private.h"
#include "ch-syscall-filter.h"

#include <cairo.h>
#include <sys/prctl.h>
#include <sys/resource.h>

/* A sanitizer maps terabytes for its shadow. */
#if defined(__SANITIZE_ADDRESS__)
#define BUILT_TO_SANITIZE 1
#elif defined(__has_feature)
#define BUILT_TO_SANITIZE __has_feature (address_sanitizer)
#else
#define BUILT_TO_SANITIZE 0
#endif

/* Address space, which bounds memory; a letter page of images needs some 100 MB of it. */
#define MOST_MEMORY (G_GUINT64_CONSTANT (1536) * 1024 * 1024)
/* The socket, the file, a page's memory, and fonts. */
#define MOST_FILES 64

/* A page with text in a font that the file doesn't bring along, so that everything which is set up when the first such
 * page is shown (fontconfig's configuration and caches, FreeType, poppler's tables) is set up before the doors close.
 */
static const char warm_up_page[] =
  "%PDF-1.4\n"
  "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
  "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
  "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<<"
  "/A<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>/B<</Type/Font/Subtype/Type1/BaseFont/Courier-Bold>>"
  "/C<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>/D<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>"
  ">>>>>>endobj\n"
  "4 0 obj<</Length 95>>stream\n"
  "BT /A 9 Tf 9 80 Td (Warm) Tj /B 9 Tf (Warm) Tj /C 9 Tf (Warm) Tj /D 9 Tf (8) Tj ET                  \n"
  "endstream endobj\n"
  "trailer<</Root 1 0 R>>\n";

/* What is typed into forms comes as UTF-16 or Latin 1, which libc converts with modules that it loads on demand. A
 * converter that stays open keeps its module loaded, so these are never closed. */
static void
load_converters (void)
{
  static const char *const encodings[] = { "UTF-16BE", "UTF-16LE", "UTF-16", "ISO-8859-1" };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      if (g_iconv_open ("UTF-8", encodings[i]) == (GIConv) -1)
        g_debug ("no conversion from %s", encodings[i]);
    }
}

/**
 * ch_lockdown_warm_up:
 *
 * Has poppler show a page of our own, and loads what text in forms takes, while files can still be opened.
 */
void
ch_lockdown_warm_up (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (warm_up_page, sizeof warm_up_page - 1);
  g_autoptr (PopplerDocument) document = poppler_document_new_from_bytes (bytes, NULL, NULL);
  g_autoptr (PopplerPage) page = document != NULL ? poppler_document_get_page (document, 0) : NULL;
  cairo_surface_t *surface;
  cairo_t *context;

  load_converters ();
  if (page == NULL)
    return;

  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 99, 99);
  context = cairo_create (surface);
  poppler_page_render (page, context);
  cairo_destroy (context);
  cairo_surface_destroy (surface);
  g_free (poppler_page_get_text (page));
}

static gboolean
limit (int     resource,
       guint64 most)
{
  struct rlimit both = { most, most };

  return setrlimit (resource, &both) == 0;
}

/* No process may be started by system call anyway. The limit on file sizes also bounds memory that is handed over,
 * which is a file to the kernel; there is no other file that could be written to. */
static gboolean
set_limits (void)
{
  if (!BUILT_TO_SANITIZE && !limit (RLIMIT_AS, MOST_MEMORY))
    return FALSE;

  return limit (RLIMIT_FSIZE, CH_IMAGE_MAX_BYTES) && limit (RLIMIT_NOFILE, MOST_FILES) && limit (RLIMIT_CORE, 0)
         && limit (RLIMIT_NPROC, 0) && limit (RLIMIT_CPU, CH_READER_MOST_PROCESSOR_SECONDS);
}

static gboolean
restrict_files (void)
{
  const char *home = g_get_home_dir ();
  g_autofree char *user_fonts = g_build_filename (home, ".fonts", NULL);
  g_autofree char *user_data_fonts = g_build_filename (g_get_user_data_dir (), "fonts", NULL);
  g_autofree char *user_caches = g_build_filename (g_get_user_cache_dir (), "fontconfig", NULL);
  const char *const readable[] = {
    "/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/X11/fonts", "/etc/fonts", "/usr/share/fontconfig",
    "/var/cache/fontconfig", "/usr/share/poppler", "/usr/share/ghostscript/fonts", user_fonts, user_data_fonts,
    user_caches, NULL,
  };

  return ch_landlock_restrict (readable);
}

/**
 * ch_lockdown_apply:
 *
 * Gives up, for good, everything that reading a PDF doesn't take: privileges, memory beyond a limit, the file system
 * but for fonts and poppler's data, the network, other processes. To be called before the first byte of a stranger's
 * file is looked at. A kernel without Landlock leaves files readable, never writable; everything else must succeed.
 *
 * Returns: whether it is safe to go on
 */
gboolean
ch_lockdown_apply (void)
{
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
    return FALSE;
  if (!set_limits ())
    return FALSE;
  if (!restrict_files ())
    g_debug ("this kernel has no Landlock: files stay readable to certholder-reader, though not writable");

  return ch_syscall_filter_load ();
}
