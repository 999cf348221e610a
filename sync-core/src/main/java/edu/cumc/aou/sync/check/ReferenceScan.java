package edu.cumc.aou.sync.check;

import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FindingCode;
import edu.cumc.aou.sync.model.SalesforceIds;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.model.Texts;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.Crm.PointedRecord;
import edu.cumc.aou.sync.port.ParticipantSource;
import edu.cumc.aou.sync.port.ParticipantSource.ValueCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Looks up the records that a column of the source points at: owners, record types, Accounts. Each
 * value costs a call, so it looks up the most frequent ones.
 */
final class ReferenceScan {

  /** Owners and record types are few; a column with more values holds other records. */
  static final int MOST_VALUES = 10;

  private ReferenceScan() {}

  static List<Finding> of(
      CrmObject from,
      String section,
      SourceRelation relation,
      List<BoundField> fields,
      ParticipantSource source,
      Crm crm) {
    List<Finding> findings = new ArrayList<>();
    for (BoundField field : fields) {
      if (field.info().kind() == FieldKind.REFERENCE && !field.columns().isEmpty()) {
        String column = field.columns().get(0);
        of(
                from,
                section + "." + field.name(),
                column,
                source.values(relation, column, MOST_VALUES),
                crm)
            .ifPresent(findings::add);
      }
    }
    return findings;
  }

  private static Optional<Finding> of(
      CrmObject from, String subject, String column, List<ValueCount> values, Crm crm) {
    long lookedUp = 0;
    long wrong = 0;
    long rows = 0;
    String object = "";
    for (ValueCount value : values) {
      String id = Texts.line(value.text());
      Optional<PointedRecord> record =
          SalesforceIds.isWellFormed(id) && !SalesforceIds.isMistyped(id)
              ? crm.pointedAt(from, SalesforceIds.canonical(id))
              : Optional.empty();
      if (record.isEmpty() || record.get().state() == PointedRecord.State.UNKNOWN) {
        continue;
      }
      lookedUp++;
      if (record.get().state() != PointedRecord.State.USABLE) {
        wrong++;
        rows += value.rows();
        object = record.get().object();
      }
    }
    if (lookedUp == 0) {
      return Optional.empty();
    }
    return Optional.of(
        wrong == 0
            ? Finding.ok(
                subject,
                String.format(
                    Locale.ROOT,
                    "%,d of the records that %s names exist, and the user may use them",
                    lookedUp,
                    column))
            : Finding.warning(
                FindingCode.RECORD_NOT_USABLE,
                subject,
                String.format(
                    Locale.ROOT,
                    "%,d of %,d records that %s names (%,d rows) do not exist, are not in use, or the"
                        + " user may not use them: %s",
                    wrong,
                    lookedUp,
                    column,
                    rows,
                    object),
                "Salesforce refuses these records: correct the ids, or grant access"));
  }
}
