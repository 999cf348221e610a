package edu.cumc.aou.sync.adoption;

import edu.cumc.aou.sync.model.ContactId;
import java.util.Set;

/** Whether a Contact without a PMI ID is a participant's. */
public sealed interface Match {

  /** No Contact fits. */
  record None() implements Match {}

  /** Just one Contact fits. */
  record One(ContactId contact) implements Match {}

  /**
   * A person must look: what fits does not say who it is.
   *
   * @param code why, as it stands in {@code sync_change.error_code}
   * @param contacts those that fit, at least one
   */
  record Doubtful(String code, Set<ContactId> contacts) implements Match {
    public Doubtful {
      contacts = Set.copyOf(contacts);
    }
  }

  /** All codes of a doubt. */
  Set<String> DOUBTS =
      Set.of(
          "adoption-several-contacts",
          "adoption-other-birthdate",
          "adoption-may-be-relative",
          "adoption-several-participants",
          "adoption-contact-taken");

  /** More than one Contact fits. */
  String SEVERAL_CONTACTS = "adoption-several-contacts";

  /** The Contact that fits has another day of birth. */
  String OTHER_BIRTHDATE = "adoption-other-birthdate";

  /** The Contact that fits may be that of somebody who is reached in the same way. */
  String MAY_BE_RELATIVE = "adoption-may-be-relative";

  /** The Contact fits more than one participant. */
  String SEVERAL_PARTICIPANTS = "adoption-several-participants";

  /** The Contact was given a PMI ID, or is gone, since it was found. */
  String TAKEN = "adoption-contact-taken";
}
