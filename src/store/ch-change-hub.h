#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  CH_KIND_PROJECT,
  CH_KIND_VENDOR,
  CH_KIND_MEMBERSHIP,      /* ids are project ids */
  CH_KIND_COMMITMENT,
  CH_KIND_INSURANCE,       /* records that others made; ids are Procore's */
  CH_KIND_CERTIFICATE,
  CH_KIND_REQUIREMENT_SET,
  CH_KIND_WAIVER,          /* ids are vendor ids */
  CH_KIND_VERDICT,         /* ids are vendor ids */
  CH_KIND_OUTBOX,
  CH_KIND_CONFLICT,
  CH_KIND_STATE,
} ChKind;

#define CH_N_KINDS (CH_KIND_STATE + 1)

/**
 * ChChangeFunc:
 * @ids: (element-type gint64): what changed; empty means "any of this kind may have"
 */
typedef void (*ChChangeFunc) (ChKind    kind,
                              GArray   *ids,
                              gpointer  user_data);

/*
 * Carries "what changed" from the connection that committed it to whoever watches, each in the main context in which
 * it subscribed. Thread-safe; one for the process, shared by its connections.
 */
#define CH_TYPE_CHANGE_HUB (ch_change_hub_get_type ())
G_DECLARE_FINAL_TYPE (ChChangeHub, ch_change_hub, CH, CHANGE_HUB, GObject)

ChChangeHub *ch_change_hub_new         (void);
guint        ch_change_hub_subscribe   (ChChangeHub    *self,
                                        ChChangeFunc    func,
                                        gpointer        user_data,
                                        GDestroyNotify  destroy);
void         ch_change_hub_unsubscribe (ChChangeHub    *self,
                                        guint           id);
void         ch_change_hub_announce    (ChChangeHub    *self,
                                        ChKind          kind,
                                        GArray         *ids);

G_END_DECLS
