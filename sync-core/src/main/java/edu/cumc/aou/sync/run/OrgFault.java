package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.ChangeTable;
import edu.cumc.aou.sync.port.ChangeTable.ChangeCount;
import edu.cumc.aou.sync.port.ChangeTable.FailureCause;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One cause that stopped so many of a run's records that the org is at fault, and none of the
 * records: a permission that was taken away, a validation rule that nobody can pass.
 *
 * @param records how many it stopped
 * @param attempted how many the run tried to send
 */
record OrgFault(CrmObject object, String code, List<String> fields, long records, long attempted) {

  /** Fewer than this say something about themselves, and nothing about the org. */
  private static final int LEAST_RECORDS = 20;

  private record Cause(CrmObject object, String code, List<String> fields) {}

  /** Those of a run; {@code maxShare}: from which share on it is the org. */
  static List<OrgFault> of(ChangeTable changes, RunId run, double maxShare) {
    Map<Cause, Long> causes = new LinkedHashMap<>();
    for (FailureCause cause : changes.failureCauses(run)) {
      if (isAttempt(cause.action()) && isSalesforces(cause.code())) {
        causes.merge(
            new Cause(cause.object(), cause.code(), cause.fields()), cause.count(), Long::sum);
      }
    }
    List<OrgFault> faults = new ArrayList<>();
    causes.forEach(
        (cause, records) -> {
          if (records >= LEAST_RECORDS) {
            long attempted = attempted(changes.count(run), cause.object());
            if (records >= maxShare * attempted) {
              faults.add(
                  new OrgFault(cause.object(), cause.code(), cause.fields(), records, attempted));
            }
          }
        });
    return faults;
  }

  private static long attempted(List<ChangeCount> counts, CrmObject object) {
    return counts.stream()
        .filter(c -> c.object() == object && isAttempt(c.action()))
        .filter(
            c ->
                switch (c.state()) {
                  case DONE -> true;
                  case REFUSED, FAILED -> isSalesforces(c.errorCode());
                  case PLANNED, SENT, UNKNOWN, AWAITING_JOURNEY -> false;
                })
        .mapToLong(ChangeCount::count)
        .sum();
  }

  private static boolean isAttempt(Change.Action action) {
    return action != Change.Action.REJECT && action != Change.Action.NOTE;
  }

  /** Codes of our own rules are in small letters. */
  private static boolean isSalesforces(String code) {
    return !code.isEmpty() && Character.isUpperCase(code.charAt(0));
  }
}
