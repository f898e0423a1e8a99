#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-navigator.h"

struct _ChNavigator
{
  AdwBin      parent_instance;

  GtkWidget  *stack;
  GPtrArray  *roots;     /* (element-type ChPage) (unowned): in the stack, like all pages */
  GPtrArray  *history;   /* (element-type ChPage) (unowned): the one shown is last */
};

enum {
  CHANGED,
  RETITLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChNavigator, ch_navigator, ADW_TYPE_BIN)

static void
on_retitled_cb (ChPage      *page,
                GParamSpec  *pspec,
                ChNavigator *self)
{
  if (page == ch_navigator_get_page (self))
    g_signal_emit (self, signals[RETITLED], 0);
}

static void
add_page (ChNavigator *self,
          ChPage      *page)
{
  gtk_stack_add_child (GTK_STACK (self->stack), GTK_WIDGET (page));
  g_signal_connect_object (page, "notify::title", G_CALLBACK (on_retitled_cb), self, 0);
  g_signal_connect_object (page, "notify::subtitle", G_CALLBACK (on_retitled_cb), self, 0);
}

/* Roots stay in the stack. */
static void
drop_top (ChNavigator *self)
{
  ChPage *page = g_ptr_array_steal_index (self->history, self->history->len - 1);

  if (!g_ptr_array_find (self->roots, page, NULL))
    gtk_stack_remove (GTK_STACK (self->stack), GTK_WIDGET (page));
}

static void
show_top (ChNavigator *self)
{
  ChPage *page = ch_navigator_get_page (self);

  gtk_stack_set_visible_child (GTK_STACK (self->stack), GTK_WIDGET (page));
  g_signal_emit (self, signals[CHANGED], 0);
  ch_page_shown (page);
}

static void
ch_navigator_dispose (GObject *object)
{
  g_ptr_array_set_size (((ChNavigator *)object)->history, 0);

  G_OBJECT_CLASS (ch_navigator_parent_class)->dispose (object);
}

static void
ch_navigator_finalize (GObject *object)
{
  ChNavigator *self = (ChNavigator *)object;

  g_ptr_array_unref (self->roots);
  g_ptr_array_unref (self->history);

  G_OBJECT_CLASS (ch_navigator_parent_class)->finalize (object);
}

static void
ch_navigator_class_init (ChNavigatorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ch_navigator_dispose;
  object_class->finalize = ch_navigator_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[RETITLED] = g_signal_new ("retitled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
}

static void
ch_navigator_init (ChNavigator *self)
{
  self->roots = g_ptr_array_new ();
  self->history = g_ptr_array_new ();
  self->stack = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_set_transition_type (GTK_STACK (self->stack), GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  adw_bin_set_child (ADW_BIN (self), self->stack);
}

void
ch_navigator_add_root (ChNavigator *self,
                       ChPage      *page)
{
  g_return_if_fail (CH_IS_NAVIGATOR (self));
  g_return_if_fail (CH_IS_PAGE (page));

  g_ptr_array_add (self->roots, page);
  add_page (self, page);
}

void
ch_navigator_show_root (ChNavigator *self,
                        guint        index)
{
  g_return_if_fail (CH_IS_NAVIGATOR (self));
  g_return_if_fail (index < self->roots->len);

  while (self->history->len > 0)
    drop_top (self);
  g_ptr_array_add (self->history, g_ptr_array_index (self->roots, index));
  show_top (self);
}

void
ch_navigator_push (ChNavigator *self,
                   ChPage      *page)
{
  g_return_if_fail (CH_IS_NAVIGATOR (self));
  g_return_if_fail (CH_IS_PAGE (page));

  add_page (self, page);
  g_ptr_array_add (self->history, page);
  show_top (self);
}

void
ch_navigator_replace (ChNavigator *self,
                      ChPage      *page)
{
  g_return_if_fail (CH_IS_NAVIGATOR (self));

  if (ch_navigator_can_pop (self))
    drop_top (self);
  ch_navigator_push (self, page);
}

gboolean
ch_navigator_pop (ChNavigator *self)
{
  g_return_val_if_fail (CH_IS_NAVIGATOR (self), FALSE);

  if (!ch_navigator_can_pop (self))
    return FALSE;

  drop_top (self);
  show_top (self);
  return TRUE;
}

gboolean
ch_navigator_can_pop (ChNavigator *self)
{
  g_return_val_if_fail (CH_IS_NAVIGATOR (self), FALSE);

  return self->history->len > 1;
}

ChPage *
ch_navigator_get_page (ChNavigator *self)
{
  g_return_val_if_fail (CH_IS_NAVIGATOR (self), NULL);

  return self->history->len > 0 ? g_ptr_array_index (self->history, self->history->len - 1) : NULL;
}
