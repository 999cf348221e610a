package edu.cumc.aou.mornings.plant;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.IdTables.IdCounts;
import edu.cumc.aou.sync.port.LeaseTable;
import edu.cumc.aou.sync.port.MirrorTable.MirrorState;
import edu.cumc.aou.sync.port.PersonalData;
import edu.cumc.aou.sync.port.SourceQuery;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.run.RunServices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Faults as a program could have them, each against a promise of the manual's page on safety. */
public enum Planted {
  // what is sent is not what the source says
  BIRTH_MOVED_BY_A_DAY("P1", sends(p -> p.date("Birthdate", -1))),
  NAME_CUT_OFF("P1", sends(p -> p.text("FirstName", t -> t.substring(0, Math.min(9, t.length()))))),
  ACCENT_LOST("P1", sends(p -> p.all(t -> t.replace('\u00e9', '?')))),
  LEADING_ZERO_LOST("P1", sends(p -> p.text("MailingPostalCode", t -> t.replaceFirst("^0", "")))),
  STATE_OF_ANOTHER("P1", sends(p -> p.text("MailingState", t -> "CALIFORNIA"))),
  FIRST_NAME_BLANKED("P1", sends(p -> p.text("FirstName", t -> ""))),
  LAST_NAME_IN_CAPITALS("P1", sends(p -> p.text("LastName", t -> t.toUpperCase(Locale.ROOT)))),
  FIELD_DROPPED("P1", sends(p -> p.without("Email"))),
  ROWS_SHIFTED_BY_ONE("P3", sends(new Values.Shifted())),
  JOURNEY_DAY_MOVED("P1", sendsJourneys(p -> p.date("HP_General_Consent_Date__c", 1))),
  FLAG_STAYS_UP(
      "P1",
      sendsJourneys(p -> p.text("HP_General_Consent_Status__c", t -> t.equals("0") ? "1" : t))),
  JOURNEY_VALUE_DROPPED("P1", sendsJourneys(p -> p.without("HP_Participant_Status__c"))),
  WITHDRAWAL_NOT_SENT("P6", sendsJourneys(p -> p.without("HP_Withdrawal_Status__c"))),

  // policies and statuses
  POLICY_OVERWRITE(
      "P1",
      settings(
          "contact.fields { FirstName.policy = overwrite, Email.policy = overwrite, LastName.policy"
              + " = overwrite, MailingCity.policy = overwrite, Phone.policy = overwrite }")),
  POLICY_FILL_ONLY(
      "P1",
      settings(
          "contact.fields { FirstName.policy = fill-only, LastName.policy = fill-only,"
              + " MailingCity.policy = fill-only, Email.policy = fill-only }")),
  JOURNEY_NEVER_CLEARED(
      "P1",
      settings(
          "journey.fields { HP_Participant_Status__c.policy = never-clear,"
              + " HP_General_Consent_Status__c.policy = never-clear,"
              + " HP_General_Consent_Date__c.policy = never-clear, HP_EHR_Consent_Date__c.policy ="
              + " never-clear }")),
  LEFT_IS_SENT(
      "P6", settings("status.organization.ours = [\"COLUMBIA_COLUMBIA\", \"COLUMBIA_WEILL\"]")),
  TEST_IS_SENT("P6", settings("status.test.email-domains = [\"example.net\"]")),
  WITHDRAWAL_IGNORED("P6", status(ParticipantStatus.WITHDRAWN)),
  WITHDRAWAL_NOT_TOLD("P5", onCall("store.changes.append", Planted::withoutUnsentWithdrawals)),
  UNCLEAR_IGNORED("P6", status(ParticipantStatus.UNCLEAR)),
  ALL_FIELDS_AFTER_WITHDRAWAL(
      "P6",
      settings(
          "withdrawal.journey-fields = [HP_Withdrawal_Status__c, HP_Withdrawal_Date__c,"
              + " HP_Participant_Status__c, HP_General_Consent_Status__c,"
              + " HP_General_Consent_Date__c]")),

  // the lease and the journal
  LEASE_GIVEN_TO_EVERYBODY(
      "P3",
      onCalls(
          Map.of("store.lease.acquire", Planted::granted, "store.lease.renew", Planted::nothing))),
  OUTCOME_LOST("P4", onCall("store.changes.settle", Planted::withoutLast)),
  REFUSED_CALLED_DONE("P4", onCall("store.changes.settle", Planted::allDone)),
  INTERRUPTED_RUN_FORGOTTEN("P3", answers("store.runs.unfinished", a -> Optional.empty())),
  DONE_SAID_OF_UNSENT("P4", onCall("store.changes.page", Planted::lastHidden)),

  // the mirror
  MIRROR_LACKS_A_CONTACT("P3", onCall("store.mirror.begin.add", Planted::everyThirdDropped)),
  MIRROR_HIDES_THE_LAST(
      "P3",
      onCalls(
          Map.of(
              "store.mirror.read", Planted::lastHidden, "store.mirror.keys", Planted::lastHidden))),
  WATERMARK_TOO_LATE("P7", onCall("store.mirror.begin.commit", Planted::watermarkLater)),
  CHANGES_NOT_SEEN("P7", answers("crm.contacts", a -> Cursor.of(List.<Contact>of().iterator()))),

  // the tables and the names
  TABLES_NOT_WRITTEN("P7", answers("store.ids.writeBack", a -> new IdCounts(0, 0, 0, 0))),
  ANOMALY_NOT_TOLD("P5", skips("store.anomalies.seen")),
  ANOMALY_NEVER_CLOSED("P5", skips("store.anomalies.closeUnseen")),
  HOLDS_NOT_READ("P6", answers("store.holds.read", a -> Cursor.of(List.<Hold>of().iterator()))),
  HOLDS_NOT_KEPT("P8", skips("store.holds.put")),
  FORGET_DOES_NOTHING(
      "P6", answers("store.personalData.forget", a -> PersonalData.Removed.NOTHING)),

  // the source
  SOURCE_LACKS_THE_LAST("P4", answers("source.read", Planted::lastHidden)),

  // silence
  SALESFORCE_ID_IN_A_NOTE("P9", notes("record 003MEM000000001YBA was sent")),
  PMI_ID_IN_A_NOTE("P9", notes("participant P012345678 was sent")),
  NAME_IN_AN_EXCEPTION("P9", throwsAt("store.ids.writeBack", "cannot write CANARYQmuster")),
  SESSION_IN_THE_LOG(
      "P9", logs(false, "logged in as 00D000000000001!AQcAQH0dMHZfz972Szmpkb58urFR")),
  ERROR_IN_THE_LOG("P10", logs(true, "something went wrong"));

  private static final class Plan {
    private final UnaryOperator<RunServices> services;
    private final String hocon;
    private final Values.@Nullable Maker contacts;
    private final Values.@Nullable Maker journeys;

    Plan(
        UnaryOperator<RunServices> services,
        String hocon,
        Values.@Nullable Maker contacts,
        Values.@Nullable Maker journeys) {
      this.services = services;
      this.hocon = hocon;
      this.contacts = contacts;
      this.journeys = journeys;
    }
  }

  private static long ran;

  private final String promise;
  private final Plan plan;

  Planted(String promise, Plan plan) {
    this.promise = promise;
    this.plan = plan;
  }

  /** The number of the promise that it breaks. */
  public String promise() {
    return promise;
  }

  /** Put between the sync and its ports. */
  public RunServices around(RunServices services) {
    return plan.services.apply(services);
  }

  /** Settings that the sync has in place of the site's. */
  public String hocon() {
    if (!plan.hocon.isEmpty()) {
      ran++;
    }
    return plan.hocon;
  }

  /** What arrives in the org in place of what the client was given. */
  public FieldValues sent(CrmObject object, FieldValues values) {
    Values.Maker maker = object == CrmObject.CONTACT ? plan.contacts : plan.journeys;
    if (maker == null) {
      return values;
    }
    FieldValues made = maker.of(new Values(values)).values();
    if (!made.equals(values)) {
      ran++;
    }
    return made;
  }

  /** How often a planted fault did something since this was asked. */
  public static long ran() {
    long times = ran;
    ran = 0;
    return times;
  }

  private static Plan sends(Values.Maker maker) {
    return new Plan(UnaryOperator.identity(), "", maker, null);
  }

  private static Plan sendsJourneys(Values.Maker maker) {
    return new Plan(UnaryOperator.identity(), "", null, maker);
  }

  private static Plan settings(String hocon) {
    return new Plan(UnaryOperator.identity(), hocon, null, null);
  }

  private static Plan onCall(String name, Tampering.Tamper tamper) {
    return new Plan(
        s ->
            Tampering.around(
                s,
                (call, arguments, inner) ->
                    call.equals(name) ? tamper.call(call, arguments, inner) : inner.go(arguments)),
        "",
        null,
        null);
  }

  private static Plan onCalls(Map<String, Tampering.Tamper> tampers) {
    return new Plan(
        s ->
            Tampering.around(
                s,
                (call, arguments, inner) ->
                    tampers.containsKey(call)
                        ? tampers.get(call).call(call, arguments, inner)
                        : inner.go(arguments)),
        "",
        null,
        null);
  }

  private static @Nullable Object nothing(String call, Object[] arguments, Tampering.Call inner) {
    ran++;
    return null;
  }

  private static Plan skips(String name) {
    return onCall(
        name,
        (call, arguments, inner) -> {
          ran++;
          return null;
        });
  }

  private interface Answer {
    Object of(Object[] arguments) throws Throwable;
  }

  private static Plan answers(String name, Answer answer) {
    return onCall(
        name,
        (call, arguments, inner) -> {
          ran++;
          return answer.of(arguments);
        });
  }

  private static Plan answers(String name, Tampering.Tamper tamper) {
    return onCall(name, tamper);
  }

  private static Plan status(ParticipantStatus ignored) {
    return onCall(
        "source.read",
        (call, arguments, inner) -> {
          SourceQuery query = (SourceQuery) arguments[0];
          return inner.go(
              new SourceQuery(
                  query.contactKey(),
                  query.contactColumns(),
                  query.journeyKey(),
                  query.journeyColumns(),
                  (contact, journey) -> {
                    ParticipantStatus status = query.statusRule().statusOf(contact, journey);
                    if (status == ignored) {
                      ran++;
                      return ParticipantStatus.ACTIVE;
                    }
                    return status;
                  }));
        });
  }

  private static Plan notes(String text) {
    return new Plan(
        s ->
            new RunServices(
                s.source(), s.crm(), s.store(), s.clock(), s.pause(), noting(s.listener(), text)),
        "",
        null,
        null);
  }

  private static SyncListener noting(SyncListener inner, String text) {
    return new SyncListener() {
      @Override
      public void runStarted(
          edu.cumc.aou.sync.model.RunId run,
          edu.cumc.aou.sync.model.RunMode mode,
          boolean resumed) {
        inner.runStarted(run, mode, resumed);
      }

      @Override
      public void note(String note) {
        ran++;
        inner.note(note + ": " + text);
      }
    };
  }

  private static Plan throwsAt(String name, String text) {
    return onCall(
        name,
        (call, arguments, inner) -> {
          ran++;
          throw new SyncException(FailureKind.UNAVAILABLE, text);
        });
  }

  private static Plan logs(boolean error, String text) {
    return onCall(
        "store.ids.writeBack",
        (call, arguments, inner) -> {
          ran++;
          LoggerFactory.getLogger("edu.cumc.aou.planted")
              .atLevel(error ? Level.ERROR : Level.DEBUG)
              .log(text);
          return inner.go(arguments);
        });
  }

  private static Object granted(String call, Object[] arguments, Tampering.Call inner)
      throws Throwable {
    Object answer = inner.go(arguments);
    if (answer instanceof LeaseTable.Busy) {
      ran++;
      return new LeaseTable.Granted(1, false);
    }
    return answer;
  }

  @SuppressWarnings("unchecked")
  private static Object withoutLast(String call, Object[] arguments, Tampering.Call inner)
      throws Throwable {
    List<Settlement> all = (List<Settlement>) arguments[1];
    ran++;
    return inner.go(arguments[0], all.subList(0, Math.max(0, all.size() - 1)));
  }

  @SuppressWarnings("unchecked")
  private static @Nullable Object withoutUnsentWithdrawals(
      String call, Object[] arguments, Tampering.Call inner) throws Throwable {
    List<Change> all = (List<Change>) arguments[1];
    List<Change> told =
        all.stream()
            .filter(c -> c.errorCode() == null || !c.errorCode().startsWith("withdrawal-"))
            .toList();
    ran += all.size() - told.size();
    return inner.go(arguments[0], told);
  }

  @SuppressWarnings("unchecked")
  private static Object allDone(String call, Object[] arguments, Tampering.Call inner)
      throws Throwable {
    List<Settlement> made = new ArrayList<>();
    for (Settlement s : (List<Settlement>) arguments[1]) {
      boolean refused = s.state() == Change.State.REFUSED;
      ran += refused ? 1 : 0;
      made.add(
          refused
              ? new Settlement(
                  s.seq(), Change.State.DONE, s.contactId(), s.journeyId(), null, List.of())
              : s);
    }
    return inner.go(arguments[0], made);
  }

  private static Object everyThirdDropped(String call, Object[] arguments, Tampering.Call inner)
      throws Throwable {
    if (arguments[0] instanceof Contact contact && contact.id().value().hashCode() % 3 == 0) {
      ran++;
      return null;
    }
    return inner.go(arguments);
  }

  private static Object watermarkLater(String call, Object[] arguments, Tampering.Call inner)
      throws Throwable {
    MirrorState state = (MirrorState) arguments[0];
    ran++;
    return inner.go(
        new MirrorState(
            state.watermark().plus(Duration.ofHours(30)),
            state.fullAt(),
            state.mappingFingerprint()));
  }

  /** Of a stream or a page the last element is not given. */
  private static Object lastHidden(String call, Object[] arguments, Tampering.Call inner)
      throws Throwable {
    Object all = inner.go(arguments);
    ran++;
    if (all instanceof List<?> list) {
      return list.isEmpty() ? list : list.subList(0, list.size() - 1);
    }
    List<Object> kept = new ArrayList<>();
    try (Cursor<?> cursor = (Cursor<?>) all) {
      while (cursor.hasNext()) {
        kept.add(cursor.next());
      }
    }
    return Cursor.of(kept.subList(0, Math.max(0, kept.size() - 1)).iterator());
  }
}
