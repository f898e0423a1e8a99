#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChVendor:
 * @name: the name in Procore's directory
 * @trade_name: (nullable): doing business as
 * @legal_name: (nullable): the legal entity
 * @trades: (element-type utf8): trade names; never %NULL
 * @project_ids: (element-type gint64): the projects it works on, where the view carries them; never %NULL
 * @has_project_ids: whether @project_ids was in the answer (an empty list then means no project)
 *
 * A sub (Procore: vendor) as the company directory has it. Procore owns it; it is never written by us.
 */
typedef struct {
  gint64     id;
  char      *name;
  char      *trade_name;
  char      *legal_name;
  char      *abbreviated_name;
  char      *address;
  char      *city;
  char      *state_code;
  char      *zip;
  char      *email_address;
  char      *business_phone;
  char      *license_number;
  char      *origin_id;
  gint64     parent_id;
  gboolean   is_active;
  GPtrArray *trades;
  GArray    *project_ids;
  gboolean   has_project_ids;
  char      *updated_at;
} ChVendor;

ChVendor *ch_vendor_new  (void);
ChVendor *ch_vendor_copy (const ChVendor *self);
void      ch_vendor_free (ChVendor       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChVendor, ch_vendor_free)

G_END_DECLS
