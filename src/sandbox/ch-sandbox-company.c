#define G_LOG_DOMAIN "ch-sandbox"

#include "config.h"

#include "ch-sandbox-private.h"

/* A company of any size, invented by counting: the same sizes always make the same records. */

static const char *const zones[] = { "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles" };
static const char *const words[] = { "Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Hawthorn", "Juniper", "Larch", "Maple",
                                     "Oak", "Pine", "Rowan", "Spruce", "Sycamore", "Willow" };
static const char *const works[] = { "Electric", "Roofing", "Steel", "Drywall", "Concrete", "Plumbing", "Mechanical", "Masonry",
                                     "Excavation", "Glazing", "Painting", "Fire Protection" };

/* The company grew: an hour lies between two projects, and between two subs. */
#define APART (3600 * (gint64) G_USEC_PER_SEC)

/* Spread without a pattern that a multiple would hit; the multiplier is Knuth's (TAOCP vol. 3, 6.4). */
static guint
spread (guint i,
        guint n)
{
  return (guint) (((guint64) i * 2654435761u) % G_MAXUINT32 % n);
}

static JsonObject *
add_vendor_at (ChSandbox  *self,
               const char *name,
               gint64      at)
{
  self->now = at;
  return _ch_add_vendor (self, name);
}

static void
make_subs (ChSandbox *self,
           guint      n,
           gint64     now)
{
  guint i;

  for (i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s %s %u, LLC", words[i % G_N_ELEMENTS (words)],
                                               works[i / 16 % G_N_ELEMENTS (works)], i + 1);
      g_autofree char *email = g_strdup_printf ("office@sub-%u.example", i + 1);
      JsonObject *vendor = add_vendor_at (self, name, now - (n - i) * APART);
      JsonObject *trade = g_ptr_array_index (self->trades, i % self->trades->len);

      json_object_set_string_member (vendor, "legal_name", name);
      json_object_set_string_member (vendor, "email_address", email);
      json_object_set_string_member (vendor, "city", "Portland");
      json_object_set_string_member (vendor, "state_code", "OR");
      json_array_add_object_element (json_object_get_array_member (vendor, "trades"),
                                     _ch_reference (_ch_record_id (trade, "id"), "name", _ch_record_text (trade, "name")));
    }
}

static gint64
get_id (GPtrArray *records,
        guint      i)
{
  return _ch_record_id (g_ptr_array_index (records, i), "id");
}

/* Each sub on as many projects as come out even, each project with its share; every second has a contract. */
static void
make_assignments (ChSandbox *self,
                  guint      n)
{
  guint i;

  for (i = 0; i < n; i++)
    {
      guint turn = i / self->vendors->len;
      guint sub = i % self->vendors->len;
      gint64 vendor_id = get_id (self->vendors, sub);
      gint64 project_id = get_id (self->projects, (spread (sub, self->projects->len) + turn * 7) % self->projects->len);
      g_autofree char *title = g_strdup_printf ("%s, part %u", works[i % G_N_ELEMENTS (works)], i + 1);

      _ch_add_membership (self, project_id, vendor_id);
      if (i % 2 == 0)
        _ch_add_commitment (self, project_id, vendor_id, i % 6 == 0 ? "purchase_order_contract" : "work_order_contract", title);
    }
}

/* Of people and of an ERP, in the company directory. */
static void
make_insurances (ChSandbox *self,
                 guint      n)
{
  static const char *const types[] = { "General Liability", "Automobile Liability", "Workers Compensation" };
  guint i;

  for (i = 0; i < n; i++)
    {
      JsonObject *record = _ch_add_insurance (self, 0, get_id (self->vendors, i % self->vendors->len));
      g_autofree char *number = g_strdup_printf ("POL-%06u", i + 1);
      g_autofree char *origin_id = g_strdup_printf ("erp:policy-%u", i + 1);

      json_object_set_string_member (record, "insurance_type", types[i / self->vendors->len % G_N_ELEMENTS (types)]);
      json_object_set_string_member (record, "insurance_provider", "Granite Ridge Insurance Company");
      json_object_set_string_member (record, "policy_number", number);
      json_object_set_string_member (record, "limit", "$1,000,000");
      json_object_set_string_member (record, "effective_date", "2026-01-01");
      json_object_set_string_member (record, "expiration_date", "2027-01-01");
      json_object_set_string_member (record, "status", "compliant");
      if (i % 3 == 0)
        json_object_set_string_member (record, "origin_id", origin_id);
    }
}

/*< private >
 * Adds what @size counts to a company without projects and subs.
 */
void
_ch_make_company (ChSandbox           *self,
                  const ChSandboxSize *size)
{
  gint64 now = self->now;
  guint i;

  for (i = 0; i < size->n_projects; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s Street %u", words[i % G_N_ELEMENTS (words)], 100 + i);

      self->now = now - (size->n_projects - i) * APART;
      _ch_add_project (self, name, "Course of Construction", zones[i % G_N_ELEMENTS (zones)]);
    }
  make_subs (self, size->n_subs, now);
  self->now = now;
  if (size->n_projects > 0 && size->n_subs > 0)
    make_assignments (self, size->n_assignments);
  if (size->n_subs > 0)
    make_insurances (self, size->n_insurances);
}
