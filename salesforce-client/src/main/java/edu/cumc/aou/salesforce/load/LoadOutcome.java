package edu.cumc.aou.salesforce.load;

import java.util.List;

/** The result of one row of a load. */
public sealed interface LoadOutcome {

  /** The code of a row when its write got no answer. */
  String ANSWER_LOST = "ANSWER_LOST";

  /** The code of a row that the load, or a job of it, did not reach. */
  String NOT_PROCESSED = "NOT_PROCESSED";

  /** The code of a row that makes Salesforce fail internally, while it writes others. */
  String FAILS_INSIDE = "FAILS_INSIDE";

  /** The code of a row that fits into no request. */
  String CANNOT_BE_SENT = "CANNOT_BE_SENT";

  /**
   * The code of a create that is not sent, because another user has created such a record
   * meanwhile.
   */
  String CREATED_BY_OTHERS = "CREATED_BY_OTHERS";

  /**
   * The code of a create without an answer that is not sent again: meanwhile this user created a
   * record without a key, or with one that does not tell which row it belongs to.
   */
  String CREATED_WITHOUT_KEY = "CREATED_WITHOUT_KEY";

  /**
   * The record is as requested.
   *
   * @param id its id, 18 characters
   * @param created whether it is new
   * @param repeated whether an earlier attempt may have written it already; then {@code created}
   *     does not tell whether another user made the record
   */
  record Saved(String id, boolean created, boolean repeated) implements LoadOutcome {
    @Override
    public String toString() {
      return "Saved[created=" + created + "]";
    }
  }

  /**
   * Nothing was written, and the same row would be refused again.
   *
   * @param code of Salesforce, or one of the codes above
   * @param fields the API names of the blamed fields; may be empty
   * @param matches the ids of similar records that a duplicate rule found; none if no answer names
   *     them
   */
  record Refused(String code, List<String> fields, List<String> matches) implements LoadOutcome {
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
   * Nothing was written; a later try may succeed.
   *
   * @param goesAgain whether this load sends the row again, if it gets that far; then the later
   *     result counts
   */
  record NotWritten(String code, List<String> fields, boolean goesAgain) implements LoadOutcome {
    public NotWritten {
      fields = List.copyOf(fields);
    }
  }

  /** It may have been written: {@link Loader#settle} finds out. */
  record Unknown(String code) implements LoadOutcome {}
}
