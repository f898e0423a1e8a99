#pragma once

#include <adwaita.h>

#include "ch-office.h"

G_BEGIN_DECLS

/*
 * What fills the window beside the sidebar: a list or one thing. Properties: `office` (construct-only), `title`,
 * `subtitle`, `search-text` (nothing unless the page can search). Navigation goes through the window's actions.
 */
#define CH_TYPE_PAGE (ch_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (ChPage, ch_page, CH, PAGE, AdwBin)

struct _ChPageClass {
  AdwBinClass parent_class;

  /* the search text changed; a page that has none can't search */
  void (*search)   (ChPage *self,
                    const char *text);
  /* it is on top now */
  void (*shown)    (ChPage *self);
  /* (nullable): files are held over that point of @widget, NULL for nowhere; see ch_page_get_drop() */
  void (*point)    (ChPage    *self,
                    GtkWidget *widget,
                    double     x,
                    double     y);
};

ChOffice   *ch_page_get_office       (ChPage     *self);
const char *ch_page_get_title        (ChPage     *self);
void        ch_page_set_title        (ChPage     *self,
                                      const char *title);
const char *ch_page_get_subtitle     (ChPage     *self);
void        ch_page_set_subtitle     (ChPage     *self,
                                      const char *subtitle);
gboolean    ch_page_can_search       (ChPage     *self);
/* (nullable) */
const char *ch_page_get_search_text  (ChPage     *self);
void        ch_page_set_search_text  (ChPage     *self,
                                      const char *text);
void        ch_page_shown            (ChPage     *self);
/* whose the files are that are dropped here; 0 where that is not said */
void        ch_page_set_drop_target  (ChPage     *self,
                                      gint64      vendor_id,
                                      gint64      project_id);
gint64      ch_page_get_drop_vendor  (ChPage     *self);
gint64      ch_page_get_drop_project (ChPage     *self);
/* Files are held over that point; widget: (nullable): NULL for nowhere. */
void        ch_page_point_drop       (ChPage     *self,
                                      GtkWidget  *widget,
                                      double      x,
                                      double      y);
/* whose they would be if they were dropped there: what the page is about, or what lies under the pointer */
void        ch_page_get_drop         (ChPage     *self,
                                      gint64     *vendor_id,
                                      gint64     *project_id);
/* for subclasses: what lies under the pointer, 0, 0 for nothing in particular */
void        ch_page_set_pointed      (ChPage     *self,
                                      gint64      vendor_id,
                                      gint64      project_id);

G_END_DECLS
