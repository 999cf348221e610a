package edu.cumc.aou.sync.adoption;

import edu.cumc.aou.sync.model.ContactId;
import java.util.Set;

/** Whether a Contact without a PMI ID belongs to a participant. */
public sealed interface Match {

  /** No Contact fits. */
  record None() implements Match {}

  /** Exactly one Contact fits. */
  record One(ContactId contact) implements Match {}

  /**
   * A person must decide: the fitting Contacts do not settle it.
   *
   * @param code why, as in {@code sync_change.error_code}
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

  /** The fitting Contact has another date of birth. */
  String OTHER_BIRTHDATE = "adoption-other-birthdate";

  /** The fitting Contact may belong to a relative with the same e-mail address or phone. */
  String MAY_BE_RELATIVE = "adoption-may-be-relative";

  /** The Contact fits more than one participant. */
  String SEVERAL_PARTICIPANTS = "adoption-several-participants";

  /** The Contact got a PMI ID, or was deleted, since it was found. */
  String TAKEN = "adoption-contact-taken";
}
