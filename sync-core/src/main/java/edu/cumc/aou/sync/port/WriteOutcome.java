package edu.cumc.aou.sync.port;

import java.util.List;

/** The result of one row of a write. */
public sealed interface WriteOutcome {

  /** The code of a row that makes Salesforce fail internally, while it writes others. */
  String FAILS_INSIDE = "FAILS_INSIDE";

  /** The code of a row that fits into no request. */
  String CANNOT_BE_SENT = "CANNOT_BE_SENT";

  /**
   * The code of a create that is not sent, because another user has created such a record
   * meanwhile.
   */
  String CREATED_SINCE = "created-since";

  /** The code of a deletion that is not done, because another user has touched the record. */
  String TOUCHED_SINCE = "touched-since";

  /** The code of a deletion when the record is already gone. */
  String GONE_SINCE = "gone-since";

  /**
   * The code of a create without an answer that is not sent again: since this run began, a Contact
   * was created without a PMI ID, or with one that does not identify its participant.
   */
  String CREATED_WITHOUT_KEY = "created-without-key";

  /**
   * The record is as requested.
   *
   * @param created whether it is new
   * @param repeated whether an earlier attempt may have written it already; then {@code created}
   *     does not tell whether another user made the record
   */
  record Written(String id, boolean created, boolean repeated) implements WriteOutcome {
    @Override
    public String toString() {
      return "Written[created=" + created + "]";
    }
  }

  /**
   * The record was not changed, and the same write would be refused again.
   *
   * @param code the CRM's error code, e.g. {@code STRING_TOO_LONG}, or one of those above
   * @param fields the API names of the fields that it blames; may be empty
   * @param matches the ids of similar records that a duplicate rule found; none if unknown
   */
  record Refused(String code, List<String> fields, List<String> matches) implements WriteOutcome {
    public Refused {
      fields = List.copyOf(fields);
      matches = List.copyOf(matches);
    }

    /** A refusal that names no other records. */
    public Refused(String code, List<String> fields) {
      this(code, fields, List.of());
    }

    @Override
    public String toString() {
      return "Refused[" + code + fields + "]";
    }
  }

  /**
   * The record was not changed; a later try may succeed.
   *
   * @param goesAgain whether this write, or the next one of the run, sends the row again; its final
   *     result is still to come
   */
  record NotWritten(String code, List<String> fields, boolean goesAgain) implements WriteOutcome {
    public NotWritten {
      fields = List.copyOf(fields);
    }
  }

  /** The record may have been written, and there was no way to find out. */
  record Unknown(String code) implements WriteOutcome {}
}
