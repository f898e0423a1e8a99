#define G_LOG_DOMAIN "ch-sandbox"

#include "config.h"

#include "ch-sandbox-private.h"

/* Harbor & Main Builders, Inc. of Portland, Oregon: invented, and the same each time. */

static const struct {
  const char *name;
  const char *category;
} stages[] = {
  { "Course of Construction", "course_of_construction" },
  { "Bidding", "pre_construction" },
  { "Pre-Construction", "pre_construction" },
  { "Warranty", "post_construction" },
  { "Closed", "completed" },
  { "Not Awarded", "not_awarded" },
  { "Canceled", "canceled" },
};

static const struct {
  const char *name;
  const char *stage;
  const char *tz_name;
  const char *address;
  gboolean    active;
} projects[] = {
  { "Harbor Street Lofts", "Course of Construction", "America/Los_Angeles", "1410 NW Harbor St", TRUE },
  { "Mill Creek Elementary School", "Course of Construction", "America/Los_Angeles", "88 Mill Creek Rd", TRUE },
  { "Eastbank Medical Pavilion", "Course of Construction", "America/Los_Angeles", "2200 SE Water Ave", TRUE },
  { "St. Johns Branch Library Renovation", "Course of Construction", "America/Los_Angeles", "7510 N Charleston Ave", TRUE },
  { "Boise River Office Park", "Course of Construction", "America/Boise", "900 W River St", TRUE },
  { "Pier 9 Cold Storage", "Bidding", "America/Los_Angeles", "9 Terminal Way", TRUE },
  { "Alder Commons Senior Housing", "Pre-Construction", "America/Los_Angeles", "315 SW Alder St", TRUE },
  { "Sellwood Fire Station 24", "Warranty", "America/Los_Angeles", "4500 SE 17th Ave", TRUE },
  { "Tillamook Creamery Annex", "Closed", "America/Los_Angeles", "12 Coast Hwy", TRUE },
  { "Gresham Transit Garage", "Not Awarded", "America/Los_Angeles", "600 NE 8th St", TRUE },
  { "Old Town Market Hall", "Canceled", "America/Los_Angeles", "40 NW 3rd Ave", FALSE },
  { "Cascade Logistics Center", "Closed", "America/Denver", "5100 Industrial Blvd", FALSE },
};

static const struct {
  const char *name;
  const char *trade_name;
} vendors[] = {
  { "Blue Heron Electric, LLC", NULL }, { "Northline Roofing, Inc.", NULL }, { "Delgado Steel Erectors Co.", NULL },
  { "Pine & Sons Drywall, Inc.", NULL }, { "Cascade Concrete Placement, Inc.", NULL }, { "Rosario Plumbing, LLC", "Rosario Rooter" },
  { "Three Sisters Mechanical Contractors, Inc.", NULL }, { "Ibáñez Masonry, LLC", NULL }, { "Tualatin Valley Excavation, Inc.", NULL },
  { "Kowalski Glass & Glazing Co.", NULL }, { "Hawthorne Painting, LLC", "Hawthorne Finishes" }, { "Summit Fire Protection, Inc.", NULL },
  { "O'Malley Carpentry, LLC", NULL }, { "Nguyễn Tile & Stone, Inc.", NULL }, { "Willamette Elevator Co.", NULL },
  { "Redtail Scaffold Services, LLC", NULL }, { "Müller Precision Millwork, Inc.", NULL }, { "Sandy River Landscape, LLC", "Sandy River Gardens" },
  { "Keystone Waterproofing, Inc.", NULL }, { "Bridgetown Demolition, LLC", NULL }, { "Lone Fir Insulation, Inc.", NULL },
  { "Pacific Crest Paving Co.", NULL }, { "Okafor Structural Welding, LLC", NULL }, { "Columbia Crane & Rigging, Inc.", NULL },
  { "Gorge Geotechnical Drilling, LLC", NULL }, { "Vista House Flooring, Inc.", NULL }, { "Clear Creek Fencing, LLC", NULL },
  { "Jensen Doors & Hardware, Inc.", NULL }, { "Silver Falls Low Voltage, LLC", "SF Data" }, { "Timberline Framing, Inc.", NULL },
  { "Peña Brothers Stucco, LLC", NULL }, { "Rose City Acoustics, Inc.", NULL }, { "Metolius Sheet Metal, LLC", NULL },
  { "Hood River Surveying, Inc.", NULL }, { "Yamhill Signs & Graphics, LLC", NULL }, { "Multnomah Masonry Restoration, Inc.", NULL },
  { "Deschutes Hauling, LLC", NULL }, { "Forest Park Cabinets, Inc.", NULL }, { "Åkesson Timber Works, LLC", NULL },
  { "Burnside Door & Dock, Inc.", NULL },
  { "The Greater Pacific Northwest Commercial Kitchen Equipment Installation and Maintenance Company, LLC", "GPN Kitchens" },
  { "Laurelhurst Window Coverings, Inc.", NULL }, { "Steelbridge Reinforcing, LLC", NULL }, { "Mount Tabor Controls, Inc.", NULL },
  { "Swan Island Coatings, LLC", NULL }, { "Crown Point Concrete Cutting, Inc.", NULL }, { "Overlook Temporary Power, LLC", NULL },
  { "Kenton Cleaning Services, Inc.", "Kenton Clean" }, { "Powell Butte Utilities, LLC", NULL }, { "Irvington Plaster Co.", NULL },
  { "Sauvie Island Nursery, LLC", NULL }, { "Foster Road Fabrication, Inc.", NULL }, { "Garcia & Garcia Roofing, LLC", NULL },
  { "Johnson Creek Environmental, Inc.", NULL }, { "Parkrose Lighting Supply, LLC", NULL }, { "Nob Hill Interiors, Inc.", NULL },
  { "Hillsdale Security Systems, LLC", NULL }, { "Bluestem Solar, Inc.", NULL }, { "Marquam Shoring, LLC", NULL },
  { "Zephyr Air Balance, Inc.", NULL },
};

static const char *const trades[] = { "Electrical", "Roofing", "Structural Steel", "Drywall", "Concrete", "Plumbing", "Mechanical",
                                      "Masonry", "Earthwork", "Glazing", "Painting", "Fire Protection" };

static void
make_lists (ChSandbox *self)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      JsonObject *stage = _ch_reference (_ch_new_id (self), "name", stages[i].name);

      json_object_set_string_member (stage, "category", stages[i].category);
      g_ptr_array_add (self->stages, stage);
    }
  for (i = 0; i < G_N_ELEMENTS (trades); i++)
    {
      JsonObject *trade = _ch_reference (_ch_new_id (self), "name", trades[i]);

      json_object_set_boolean_member (trade, "active", TRUE);
      _ch_touch (self, trade);
      g_ptr_array_add (self->trades, trade);
    }
}

static void
make_vendors (ChSandbox *self)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (vendors); i++)
    {
      JsonObject *vendor = _ch_add_vendor (self, vendors[i].name);
      g_autofree char *address = g_strdup_printf ("%u SE Division St", 1200 + 37 * i);
      g_autofree char *zip = g_strdup_printf ("97%03u", 201 + i % 30);
      g_autofree char *phone = g_strdup_printf ("(503) 555-%04u", 100 + i);
      JsonObject *trade = g_ptr_array_index (self->trades, i % G_N_ELEMENTS (trades));

      json_object_set_string_member (vendor, "address", address);
      json_object_set_string_member (vendor, "city", "Portland");
      json_object_set_string_member (vendor, "state_code", "OR");
      json_object_set_string_member (vendor, "zip", zip);
      json_object_set_string_member (vendor, "business_phone", phone);
      json_object_set_string_member (vendor, "legal_name", vendors[i].name);
      if (vendors[i].trade_name != NULL)
        json_object_set_string_member (vendor, "trade_name", vendors[i].trade_name);
      json_array_add_object_element (json_object_get_array_member (vendor, "trades"),
                                     _ch_reference (_ch_record_id (trade, "id"), "name", _ch_record_text (trade, "name")));
      if (i + 3 >= G_N_ELEMENTS (vendors))
        json_object_set_boolean_member (vendor, "is_active", FALSE);
    }
}

static gint64
get_id (GPtrArray *records,
        guint      i)
{
  return _ch_record_id (g_ptr_array_index (records, i % records->len), "id");
}

/* What others keep in a project: links, plans and specifications. */
static void
furnish_project (ChSandbox *self,
                 gint64     project_id)
{
  gint64 root = _ch_record_id (_ch_root_folder (self, project_id), "id");
  gint64 plans = _ch_record_id (_ch_add_folder (self, project_id, root, "Plans"), "id");
  JsonObject *file;

  _ch_add_folder (self, project_id, root, "Specifications");
  file = _ch_add_file (self, project_id, plans, "A-101 Floor plan.pdf");
  json_object_set_int_member (file, "size", 482133);
  _ch_add_link (self, project_id, "Job-site camera", "https://camera.example/harbor-and-main");
  _ch_add_link (self, project_id, "Safety handbook", "https://safety.example/handbook.pdf");
}

static void
make_projects (ChSandbox *self)
{
  guint i;
  guint j;

  for (i = 0; i < G_N_ELEMENTS (projects); i++)
    {
      JsonObject *project = _ch_add_project (self, projects[i].name, projects[i].stage, projects[i].tz_name);
      gint64 id = _ch_record_id (project, "id");

      json_object_set_string_member (project, "address", projects[i].address);
      json_object_set_boolean_member (project, "active", projects[i].active);
      furnish_project (self, id);
      for (j = 0; j < 8; j++)
        {
          gint64 vendor_id = get_id (self->vendors, i * 5 + j * (1 + i % 3));
          g_autofree char *title = NULL;

          _ch_add_membership (self, id, vendor_id);
          if (j >= 6)
            continue;
          title = g_strdup_printf ("%s, %s", trades[(i * 5 + j * (1 + i % 3)) % 60 % G_N_ELEMENTS (trades)], projects[i].name);
          _ch_add_commitment (self, id, vendor_id, j % 3 == 2 ? "purchase_order_contract" : "work_order_contract", title);
        }
    }
}

/* Records of people, and of an ERP that marks its own. */
static void
make_insurances (ChSandbox *self)
{
  guint i;

  for (i = 0; i < 12; i++)
    {
      gint64 vendor_id = get_id (self->vendors, i * 4);
      JsonObject *record = _ch_add_insurance (self, 0, vendor_id);
      g_autofree char *number = g_strdup_printf ("LEG-%05u", 40100 + 17 * i);
      g_autofree char *origin = g_strdup_printf ("erp:policy-%u", 900 + i);

      json_object_set_string_member (record, "insurance_type", i % 2 == 0 ? "General Liability" : "Workers Compensation");
      json_object_set_string_member (record, "insurance_provider", "Granite Ridge Insurance Company");
      json_object_set_string_member (record, "policy_number", number);
      json_object_set_string_member (record, "limit", "$1,000,000");
      json_object_set_string_member (record, "effective_date", "2025-07-01");
      json_object_set_string_member (record, "expiration_date", "2026-07-01");
      json_object_set_string_member (record, "status", i % 4 == 3 ? "expired" : "compliant");
      if (i % 3 == 1)
        json_object_set_string_member (record, "origin_id", origin);
    }
  for (i = 0; i < self->memberships->len; i += 19)
    {
      JsonObject *member = g_ptr_array_index (self->memberships, i);
      JsonObject *record = _ch_add_insurance (self, _ch_record_id (member, "_project_id"), _ch_record_id (member, "_vendor_id"));

      json_object_set_string_member (record, "insurance_type", "Builder's Risk");
      json_object_set_string_member (record, "notes", "Entered by hand.");
    }
}

/*< private >
 * Makes the records that the sandbox begins with.
 */
void
_ch_tell_story (ChSandbox *self)
{
  make_lists (self);
  if (self->is_empty_story)
    return;
  make_vendors (self);
  make_projects (self);
  make_insurances (self);
}
