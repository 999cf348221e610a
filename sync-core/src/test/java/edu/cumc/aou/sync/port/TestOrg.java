package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.PmiId;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The org behind a {@link Crm} under test, and what people who work in it do. Their changes are
 * stamped with the org's time and cost the crm no call. Its objects and fields are those of the
 * default mapping: Contact with {@code HP_PMI_ID__c}, Opportunity with {@code Contact__c}, and
 * among the journey's flags one of each kind: number, picklist, boolean and text.
 */
public interface TestOrg {

  /** The crm. Its settings name Contact, Opportunity, their two key fields and no {@code where}. */
  Crm crm();

  /**
   * Creates a Contact.
   *
   * @param pmiText what to put into the PMI field, whatever its shape; null to leave it empty
   */
  ContactId createContact(@Nullable String pmiText, FieldValues values);

  /** Changes fields of a Contact, the PMI field among them; a blank value clears the field. */
  void editContact(ContactId id, FieldValues values);

  /** Puts a Contact into the recycle bin. */
  void deleteContact(ContactId id);

  /** Merges two Contacts: the loser is deleted and names the survivor. */
  void mergeContacts(ContactId survivor, ContactId loser);

  /** Creates one more journey for a Contact. */
  JourneyId createJourney(ContactId contact);

  /** Changes fields of a journey; a blank value clears the field. */
  void editJourney(JourneyId id, FieldValues values);

  /** Puts a journey into the recycle bin. */
  void deleteJourney(JourneyId id);

  /** Lets time pass in the org, and what is due then happen. */
  void passTime(Duration duration);

  /** Lets so much time pass that all new Contacts have got their journeys. */
  void letJourneysAppear();

  /** Lets the next write that names this Contact find it locked; the one after that does not. */
  void lockOnce(ContactId id);

  /**
   * Lets the answer to the crm's next write be lost on its way.
   *
   * @param applied whether the write is carried out, or lost itself
   */
  void loseNextAnswer(boolean applied);

  /** From now on an automation makes this of the PMI ID of each Contact that the API writes. */
  void changePmiIds(UnaryOperator<String> automation);

  /**
   * The text and date fields of a Contact that have a value, as the org stores them; empty when it
   * is deleted.
   */
  Map<String, String> storedContact(ContactId id);

  /** How many Contacts that are not deleted have this PMI ID. */
  long contactsWith(PmiId pmiId);
}
