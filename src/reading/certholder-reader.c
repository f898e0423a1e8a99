/*
 * certholder-reader: reads one PDF after the other for certholder, from descriptors that come over a socket, and can
 * do nothing else. It is started by ch-reader.c with the socket as descriptor 3; it isn't for people.
 */
#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-lockdown-proof.h"
#include "ch-lockdown.h"
#include "ch-reader-service.h"

#include <locale.h>
#ifdef HAVE_MALLOPT
#include <malloc.h>
#endif
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SOCKET_FD 3
#define KEPT_BYTES (16 * 1024 * 1024)
#define PROOF_OPTION "--self-test-sandbox="

enum { EXIT_REFUSED_TO_RUN = 3 };

/* One document after the other takes and gives back the same few megabytes: to hand them to the system each time, and to
 * have them cleared again, takes a tenth of the time. */
static void
keep_memory (void)
{
#ifdef HAVE_MALLOPT
  mallopt (M_TRIM_THRESHOLD, KEPT_BYTES);
  mallopt (M_MMAP_THRESHOLD, KEPT_BYTES);
  mallopt (M_TOP_PAD, KEPT_BYTES / 8);
#endif
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (ChPageReader) page_reader = NULL;

  setlocale (LC_CTYPE, "C.UTF-8");
  keep_memory ();
  ch_lockdown_warm_up ();
  page_reader = ch_page_reader_new ();
  if (!ch_lockdown_apply ())
    {
      g_printerr ("certholder-reader: this system can't confine it, so it won't read anything\n");
      return EXIT_REFUSED_TO_RUN;
    }

  if (argc == 2 && g_str_has_prefix (argv[1], PROOF_OPTION))
    _exit (ch_lockdown_proof_run (argv[1] + strlen (PROOF_OPTION)));

  ch_reader_service_run (page_reader, SOCKET_FD);

  /* Nothing is left to be put in order, and what libraries do at exit may need what was given up. */
  _exit (EXIT_SUCCESS);
}
