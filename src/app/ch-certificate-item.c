#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-certificate-item.h"

#include "ch-day-order.h"
#include "ch-store-directory.h"

#include <glib/gi18n-lib.h>

struct _ChCertificateItem
{
  ChItem         parent_instance;

  char          *title;
  char          *file_name;
  char          *search;
  gint64         vendor_id;
  gint64         received_at;
  ChDate         ends_on;
  guint          n_policies;
  ChReviewState  review;
  gboolean       is_unreadable;
};

G_DEFINE_FINAL_TYPE (ChCertificateItem, ch_certificate_item, CH_TYPE_ITEM)

static gboolean
ch_certificate_item_equal (ChItem *a,
                           ChItem *b)
{
  ChCertificateItem *one = (ChCertificateItem *)a;
  ChCertificateItem *other = (ChCertificateItem *)b;

  return one->review == other->review && one->vendor_id == other->vendor_id && one->ends_on == other->ends_on
         && one->n_policies == other->n_policies && one->is_unreadable == other->is_unreadable
         && one->received_at == other->received_at && g_str_equal (one->title, other->title)
         && g_str_equal (one->search, other->search);
}

static void
ch_certificate_item_finalize (GObject *object)
{
  ChCertificateItem *self = (ChCertificateItem *)object;

  g_free (self->title);
  g_free (self->file_name);
  g_free (self->search);

  G_OBJECT_CLASS (ch_certificate_item_parent_class)->finalize (object);
}

static void
ch_certificate_item_class_init (ChCertificateItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ch_certificate_item_finalize;
  CH_ITEM_CLASS (klass)->equal = ch_certificate_item_equal;
}

static void
ch_certificate_item_init (ChCertificateItem *self)
{
  self->ends_on = CH_DATE_NONE;
}

static ChCertificateItem *
make_item (const ChFiledCertificate *filed,
           GHashTable               *names)
{
  ChCertificateItem *self = g_object_new (CH_TYPE_CERTIFICATE_ITEM, NULL);
  const ChCertificate *certificate = filed->certificate;
  const char *sub = g_hash_table_lookup (names, &filed->vendor_id);
  const char *insured = certificate != NULL ? certificate->insured_name : NULL;
  g_autofree char *text = NULL;

  ch_item_set_id (CH_ITEM (self), filed->id);
  self->file_name = g_strdup (filed->file_name != NULL ? filed->file_name : "");
  self->title = g_strdup (sub != NULL ? sub : insured != NULL ? insured : self->file_name);
  ch_item_set_sort_name (CH_ITEM (self), self->title);
  self->vendor_id = filed->vendor_id;
  self->received_at = filed->received_at;
  self->review = filed->review;
  self->is_unreadable = filed->read_problem != NULL;
  self->n_policies = certificate != NULL ? certificate->policies->len : 0;
  for (guint i = 0; i < self->n_policies; i++)
    {
      const ChPolicy *policy = g_ptr_array_index (certificate->policies, i);

      self->ends_on = ch_day_earlier (self->ends_on, policy->expiration);
    }
  text = g_strjoin (" ", self->title, insured != NULL ? insured : "", self->file_name,
                    certificate != NULL && certificate->producer_name != NULL ? certificate->producer_name : "", NULL);
  self->search = ch_item_fold (text);

  return self;
}

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  ChCertificateItem *one = *(ChCertificateItem * const *)a;
  ChCertificateItem *other = *(ChCertificateItem * const *)b;
  gboolean one_waits = one->review == CH_REVIEW_PENDING;
  gboolean other_waits = other->review == CH_REVIEW_PENDING;

  if (one_waits != other_waits)
    return one_waits ? -1 : 1;
  /* several that came in one stroke keep their order */
  if (one->received_at == other->received_at)
    return ch_item_get_id (CH_ITEM (one)) < ch_item_get_id (CH_ITEM (other)) ? -1 : 1;
  if (one_waits)
    return one->received_at < other->received_at ? -1 : 1;

  return one->received_at > other->received_at ? -1 : 1;
}

/**
 * ch_certificate_items_load:
 * @desk: the desk, in its own thread
 * @data: unused
 * @cancellable: (nullable): ends it early
 * @error: why the store could not be read
 *
 * Returns: (transfer full) (nullable) (element-type ChCertificateItem): those that await review first, in the order of
 *   their arrival; then the decided ones, newest first
 */
gpointer
ch_certificate_items_load (ChDesk        *desk,
                           gpointer       data,
                           GCancellable  *cancellable,
                           GError       **error)
{
  ChStore *store = ch_desk_get_store (desk);
  g_autoptr(GPtrArray) certificates = ch_store_list_certificates (store, 0, FALSE, error);
  g_autoptr(GPtrArray) vendors = certificates != NULL ? ch_store_list_vendors (store, error) : NULL;
  g_autoptr(GHashTable) names = g_hash_table_new (g_int64_hash, g_int64_equal);
  GPtrArray *items;

  if (vendors == NULL)
    return NULL;

  for (guint i = 0; i < vendors->len; i++)
    {
      ChVendor *vendor = g_ptr_array_index (vendors, i);

      g_hash_table_insert (names, &vendor->id, vendor->name);
    }

  items = g_ptr_array_new_full (certificates->len, g_object_unref);
  for (guint i = 0; i < certificates->len; i++)
    g_ptr_array_add (items, make_item (g_ptr_array_index (certificates, i), names));
  g_ptr_array_sort (items, compare_items);

  return items;
}

/**
 * ch_review_get_label:
 * @review: a review's state
 *
 * Returns: (transfer none): the state in words, in the user's language
 */
const char *
ch_review_get_label (ChReviewState review)
{
  switch (review)
    {
    case CH_REVIEW_APPROVED:
      return _("Approved");
    case CH_REVIEW_REJECTED:
      return _("Rejected");
    case CH_REVIEW_PENDING:
    default:
      return _("Awaits review");
    }
}

const char *
ch_review_get_icon_name (ChReviewState review)
{
  return review == CH_REVIEW_APPROVED   ? "ch-ok-symbolic"
         : review == CH_REVIEW_REJECTED ? "ch-error-symbolic"
                                        : "ch-pending-symbolic";
}

const char *
ch_review_get_style_class (ChReviewState review)
{
  return review == CH_REVIEW_APPROVED ? "status-green" : review == CH_REVIEW_REJECTED ? "status-red" : "status-yellow";
}

const char *
ch_certificate_item_get_title (ChCertificateItem *self)
{
  g_return_val_if_fail (CH_IS_CERTIFICATE_ITEM (self), "");

  return self->title;
}

const char *
ch_certificate_item_get_file_name (ChCertificateItem *self)
{
  g_return_val_if_fail (CH_IS_CERTIFICATE_ITEM (self), "");

  return self->file_name;
}

const char *
ch_certificate_item_get_search (ChCertificateItem *self)
{
  g_return_val_if_fail (CH_IS_CERTIFICATE_ITEM (self), "");

  return self->search;
}

gint64
ch_certificate_item_get_vendor_id (ChCertificateItem *self)
{
  g_return_val_if_fail (CH_IS_CERTIFICATE_ITEM (self), 0);

  return self->vendor_id;
}

gint64
ch_certificate_item_get_received_at (ChCertificateItem *self)
{
  g_return_val_if_fail (CH_IS_CERTIFICATE_ITEM (self), 0);

  return self->received_at;
}

ChDate
ch_certificate_item_get_ends_on (ChCertificateItem *self)
{
  g_return_val_if_fail (CH_IS_CERTIFICATE_ITEM (self), CH_DATE_NONE);

  return self->ends_on;
}

guint
ch_certificate_item_get_n_policies (ChCertificateItem *self)
{
  g_return_val_if_fail (CH_IS_CERTIFICATE_ITEM (self), 0);

  return self->n_policies;
}

ChReviewState
ch_certificate_item_get_review (ChCertificateItem *self)
{
  g_return_val_if_fail (CH_IS_CERTIFICATE_ITEM (self), CH_REVIEW_PENDING);

  return self->review;
}

gboolean
ch_certificate_item_is_unreadable (ChCertificateItem *self)
{
  g_return_val_if_fail (CH_IS_CERTIFICATE_ITEM (self), FALSE);

  return self->is_unreadable;
}
