package edu.cumc.aou.mornings.world;

import edu.cumc.aou.mornings.judge.Facts.Name;
import edu.cumc.aou.mornings.judge.Facts.Org;
import edu.cumc.aou.mornings.judge.Facts.Sent;
import edu.cumc.aou.mornings.judge.Facts.Source;
import edu.cumc.aou.mornings.judge.Facts.Tables;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.run.RunServices;
import edu.cumc.aou.sync.settings.SyncSettings;
import edu.cumc.aou.sync.testing.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Source, org and store of one site, in memory or as they really are, and all that happens there.
 */
public interface Site extends AutoCloseable {

  /** A field of Contacts that is not mapped. */
  String OTHER_FIELD = "DV_Enrollment__c";

  VirtualClock clock();

  /** A new process: what it talks to. */
  RunServices open(SyncSettings settings, SyncListener listener);

  /** What the process of {@link #open} leaves behind is let go. */
  void leave(RunServices services);

  /** Told of each request of the processes that are opened, if there are any. */
  default void watch(Edges.@Nullable Watch watch) {}

  /** The people that the source has at first, if they are those of a site that was there before. */
  default Optional<Source> people() {
    return Optional.empty();
  }

  /** Replaces both relations, as a nightly load does. */
  void load(Source source);

  /** From now on the source has these columns, and no rows. */
  void columns(SourceColumnsOf columns);

  /** Lets the store forget what it knows of its org, as {@code init --rebind} does. */
  void rebind();

  /** Who owns what people create. */
  String staff();

  // what the judge looks at

  Org org();

  Tables tables();

  List<Name> names();

  List<Sent> sent(RunId run);

  // what people do in Salesforce; each throws IllegalArgumentException when the org refuses it

  String createContact(@Nullable String pmiText, Map<String, String> fields);

  String createJourney(String contactId);

  /** Changes a Contact or a journey; an empty text clears. */
  void edit(String id, Map<String, String> fields);

  /** Gives a Contact to another owner, where records have owners. */
  default void changeOwner(String id) {}

  /** Moves a Contact to another Account, where there are Accounts. */
  default void changeAccount(String id) {}

  void delete(String id);

  void undelete(String id);

  /** Removes a deleted record for good. */
  void erase(String id);

  void merge(String survivor, String loser);

  /**
   * An administrator hides a field from the sync's user, makes it read-only or required; says
   * whether the org itself does so, or the caller has to see to it.
   */
  default boolean alterField(String object, String field, Altered how) {
    return false;
  }

  /** What an administrator makes of a field. */
  enum Altered {
    AS_BEFORE,
    HIDDEN,
    READ_ONLY,
    REQUIRED
  }

  /** An administrator takes a value out of a picklist of journeys, where the org has any. */
  default void noLongerOffers(String field, String value) {}

  /** The value is offered once more. */
  default void offers(String field, String value) {}

  // what goes wrong

  /** From now on the clock of the database is wrong by so much. */
  void databaseClock(Duration by);

  /** Refuses every write of a Contact with this PMI ID, until {@link #accept}. */
  void refuse(String pmi, String code);

  void accept(String pmi);

  /** How many journeys each new Contact gets. */
  void journeysOfNew(int number);

  /** Lets an automation write this field of Contacts in upper case, or no longer. */
  void rewrite(@Nullable String field);

  /**
   * Lets the automation of {@link #rewrite} clear the field instead; it moves a PMI ID to {@link
   * #OTHER_FIELD}.
   */
  void clear(String field);

  /** Lets the answer to the next write get lost. */
  void loseNextAnswer(boolean applied);

  /** Lets the next write of this record find it locked. */
  void lockOnce(String contactId);

  /**
   * Lets the next calls to Salesforce fail; says whether they do, or the caller has to see to it.
   */
  default boolean orgFails(FailureKind kind, int calls) {
    return false;
  }

  /** Lets something else arrive in the org than was sent, where that can be. */
  default void tamper(BiFunction<CrmObject, FieldValues, FieldValues> tamper) {}

  /** A run is over: what was to go wrong in it does so no more. */
  default void endRun() {}

  /** Lets something go wrong with the next requests, where there are requests. */
  default void wireFault(int which, int requests) {}

  /** Nothing goes wrong any more. */
  default void rest() {}

  @Override
  void close();
}
