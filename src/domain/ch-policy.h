#pragma once

#include "ch-coverage.h"
#include "ch-date.h"
#include "ch-limit.h"

G_BEGIN_DECLS

/* A box on the form: blank, N, or Y (X counts as Y). */
typedef enum {
  CH_MARK_ABSENT = -1,
  CH_MARK_NO = 0,
  CH_MARK_YES = 1,
} ChMark;

typedef enum {
  CH_BASIS_ABSENT,
  CH_BASIS_OCCURRENCE,
  CH_BASIS_CLAIMS_MADE,
} ChBasis;

typedef enum {
  CH_AGGREGATE_PER_ABSENT,
  CH_AGGREGATE_PER_POLICY,
  CH_AGGREGATE_PER_PROJECT,
  CH_AGGREGATE_PER_LOCATION,
} ChAggregatePer;

typedef enum {
  CH_UMBRELLA_KIND_ABSENT,
  CH_UMBRELLA_KIND_UMBRELLA,
  CH_UMBRELLA_KIND_EXCESS,
} ChUmbrellaKind;

typedef enum {
  CH_AUTOS_NONE = 0,
  CH_AUTOS_ANY = 1 << 0,
  CH_AUTOS_OWNED = 1 << 1,
  CH_AUTOS_SCHEDULED = 1 << 2,
  CH_AUTOS_HIRED = 1 << 3,
  CH_AUTOS_NON_OWNED = 1 << 4,
} ChAutos;

/**
 * ChPolicy:
 * @insurer: (nullable): the letter A-F under which the certificate lists the insurer
 * @effective: first day in force, or %CH_DATE_NONE
 * @expiration: the day at whose 12:01 AM the policy ends; that day is not covered. Or %CH_DATE_NONE
 * @owner_excluded: the box that asks whether an owner, partner or officer is excluded from workers' compensation
 * @retroactive_date: of a claims-made policy: what happened earlier is not insured. Or %CH_DATE_NONE
 * @tail: (nullable): the extended reporting period of a claims-made policy, as written
 * @limits: whole dollars by #ChLimit, %CH_MONEY_ABSENT where nothing is shown
 *
 * One policy as one certificate shows it.
 */
typedef struct {
  ChCoverage      coverage;
  char           *coverage_text;
  char           *insurer;
  char           *policy_number;
  ChDate          effective;
  ChDate          expiration;
  ChMark          additional_insured;
  ChMark          waiver_of_subrogation;
  ChBasis         basis;
  ChAggregatePer  aggregate_per;
  ChUmbrellaKind  kind;
  ChAutos         autos;
  ChMark          statutory;
  ChMark          owner_excluded;
  ChDate          retroactive_date;
  char           *tail;
  gint64          limits[CH_N_LIMITS];
} ChPolicy;

ChPolicy *ch_policy_new         (void);
ChPolicy *ch_policy_copy        (const ChPolicy *self);
void      ch_policy_free        (ChPolicy       *self);
gboolean  ch_policy_in_force_on (const ChPolicy *self,
                                 ChDate          day);

const char *ch_basis_to_string           (ChBasis         basis);
ChBasis     ch_basis_from_string         (const char     *text);
const char *ch_aggregate_per_to_string   (ChAggregatePer  per);
ChAggregatePer ch_aggregate_per_from_string (const char  *text);
const char *ch_umbrella_kind_to_string   (ChUmbrellaKind  kind);
ChUmbrellaKind ch_umbrella_kind_from_string (const char  *text);
const char *ch_autos_to_string           (ChAutos         one);
ChAutos     ch_autos_from_string         (const char     *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChPolicy, ch_policy_free)

G_END_DECLS
