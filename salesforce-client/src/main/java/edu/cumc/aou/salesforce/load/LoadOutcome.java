package edu.cumc.aou.salesforce.load;

import java.util.List;

/** What became of one row of a load. */
public sealed interface LoadOutcome {

  /** The code of a row whose write got no answer. */
  String ANSWER_LOST = "ANSWER_LOST";

  /** The code of a row that the load, or a job of it, did not come to. */
  String NOT_PROCESSED = "NOT_PROCESSED";

  /** The code of a row with which Salesforce fails inside, although it writes others. */
  String FAILS_INSIDE = "FAILS_INSIDE";

  /** The code of a row that no request can carry. */
  String CANNOT_BE_SENT = "CANNOT_BE_SENT";

  /** The code of a create that is not sent: somebody else has created such a record meanwhile. */
  String CREATED_BY_OTHERS = "CREATED_BY_OTHERS";

  /**
   * The code of a create without an answer that is not sent again: a record that this user created
   * meanwhile shows no key, or one that tells nothing of whose it is.
   */
  String CREATED_WITHOUT_KEY = "CREATED_WITHOUT_KEY";

  /**
   * The record is as asked.
   *
   * @param id its id, 18 characters
   * @param created whether it is new
   * @param repeated whether an attempt before may have written it already: then {@code created}
   *     does not tell whether somebody else made the record
   */
  record Saved(String id, boolean created, boolean repeated) implements LoadOutcome {
    /** Without the id. */
    @Override
    public String toString() {
      return "Saved[created=" + created + "]";
    }
  }

  /**
   * Nothing was written, and the same row would be refused again.
   *
   * @param code of Salesforce, or one of the codes above
   * @param fields the API names of the fields that are blamed; may be empty
   * @param matches the ids of the records that a duplicate rule found to be like this one; none
   *     where no answer names them
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

    /** Without ids. */
    @Override
    public String toString() {
      return "Refused[" + code + fields + "]";
    }
  }

  /**
   * Nothing was written; later it may be.
   *
   * @param goesAgain whether this load sends the row again, if it gets that far; what is told of
   *     the row then counts
   */
  record NotWritten(String code, List<String> fields, boolean goesAgain) implements LoadOutcome {
    public NotWritten {
      fields = List.copyOf(fields);
    }
  }

  /** It may have been written: {@link Loader#settle} finds out. */
  record Unknown(String code) implements LoadOutcome {}
}
