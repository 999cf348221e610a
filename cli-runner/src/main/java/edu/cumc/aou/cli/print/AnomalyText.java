package edu.cumc.aou.cli.print;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import edu.cumc.aou.sync.port.AnomalyTable.Kind;
import edu.cumc.aou.sync.port.AnomalyTable.OpenAnomaly;
import edu.cumc.aou.sync.port.DecisionTable.Decision;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Open anomalies: how many of each kind, what to do, and one by one. */
public final class AnomalyText {

  private final ZoneId zone;
  private final SortedMap<Kind, Count> counts = new TreeMap<>();

  /** Shows times in this zone. */
  public AnomalyText(ZoneId zone) {
    this.zone = zone;
  }

  private record Count(long open, long decided, @Nullable Instant since) {}

  /** What to do about anomalies of a kind. */
  public static String advice(Kind kind) {
    return switch (kind) {
      case DOUBLED_PMI_ID ->
          "merge the Contacts in Salesforce; or --keep CONTACT_ID says which one counts";
      case SEVERAL_JOURNEYS ->
          "delete the surplus journeys in Salesforce; or --keep JOURNEY_ID says which one counts";
      case MISSING_JOURNEY ->
          "ask the Salesforce administrator for the automation that makes journeys; the values wait";
      case ORPHAN_JOURNEY ->
          "give the journey its Contact, or that Contact its PMI ID, in Salesforce; if contact.where"
              + " leaves that Contact out, correct that; delete a journey that is nobody's";
      case DELETED_CONTACT ->
          "undelete the Contact in Salesforce; if it is there and only lost its PMI ID, put that back,"
              + " or run aou-sync adopt PMI_ID CONTACT_ID; if contact.where leaves it out, correct"
              + " that; or --ignore it";
      case NOT_TAKEN_OVER ->
          "mend the trigger or flow that changes the field and run aou-sync retry --kind NOT_TAKEN_OVER,"
              + " or take the field out of the mapping";
      case CHANGED_BACK ->
          "find out who or what changes the field in Salesforce; then correct the source, or run"
              + " aou-sync retry --kind CHANGED_BACK";
      case KEY_NOT_KEPT ->
          "mend the automation that changes the PMI ID, or ask the staff why they did; put the right"
              + " PMI IDs on these Contacts, then run aou-sync release PMI_ID";
      case EXISTED_BEFORE -> "nothing: the next sync compares the Contact";
    };
  }

  /** Counts one. {@code since} tells when its first run began; null if that run is gone. */
  public void count(OpenAnomaly open, @Nullable Instant since) {
    counts.merge(
        open.anomaly().kind(),
        new Count(1, open.decision() == null ? 0 : 1, since),
        (a, b) ->
            new Count(
                a.open() + b.open(), a.decided() + b.decided(), earlier(a.since(), b.since())));
  }

  private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
    return a == null || (b != null && b.isBefore(a)) ? b : a;
  }

  /** For people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (counts.isEmpty()) {
      lines.add("No anomaly is open.");
      return lines;
    }
    lines.add("Open anomalies");
    counts.forEach(
        (kind, count) -> {
          lines.add(
              "  "
                  + kind
                  + "  "
                  + count.open()
                  + (count.decided() == 0 ? "" : ", " + count.decided() + " decided")
                  + (count.since() == null ? "" : ", since " + Words.moment(count.since(), zone)));
          lines.add("    " + advice(kind));
        });
    return lines;
  }

  /** For programs. */
  public void add(ArrayNode anomalies) {
    counts.forEach(
        (kind, count) ->
            anomalies
                .addObject()
                .put("kind", kind.name())
                .put("open", count.open())
                .put("decided", count.decided())
                .put("since", count.since() == null ? null : count.since().toString())
                .put("advice", advice(kind)));
  }

  /** One as lines. Personal data. */
  public List<String> lines(
      OpenAnomaly open, @Nullable Instant since, List<MirroredContact> records) {
    Anomaly anomaly = open.anomaly();
    List<String> lines = new ArrayList<>();
    lines.add(
        "  "
            + anomaly.pmiId().value()
            + "  "
            + anomaly.kind()
            + (anomaly.field().isEmpty() ? "" : " of " + anomaly.field())
            + (anomaly.journeyId() == null ? "" : " " + anomaly.journeyId().value())
            + " since run "
            + open.firstRun()
            + (since == null ? "" : ", " + Words.moment(since, zone))
            + (open.decision() == null ? "" : "; " + decision(open.decision())));
    for (MirroredContact contact : records) {
      lines.add(
          "    Contact "
              + contact.id().value()
              + ", journeys: "
              + (contact.journeys().isEmpty()
                  ? "none"
                  : String.join(
                      ", ", contact.journeys().stream().map(j -> j.id().value()).toList())));
    }
    return lines;
  }

  private static String decision(Decision decision) {
    String what =
        switch (decision.verdict()) {
          case KEEP -> "keep " + decision.answer();
          case WAIT -> "wait until " + decision.answer();
          default -> "ignored";
        };
    return what
        + " (by "
        + decision.who()
        + (decision.why().isEmpty() ? "" : ": " + decision.why())
        + ")";
  }

  /** One for programs. Personal data. */
  public static void add(
      OpenAnomaly open,
      @Nullable Instant since,
      List<MirroredContact> records,
      ArrayNode anomalies) {
    Anomaly anomaly = open.anomaly();
    ObjectNode node =
        anomalies
            .addObject()
            .put("kind", anomaly.kind().name())
            .put("pmiId", anomaly.pmiId().value())
            .put("field", anomaly.field())
            .put("journeyId", anomaly.journeyId() == null ? null : anomaly.journeyId().value())
            .put("sinceRun", open.firstRun().value())
            .put("since", since == null ? null : since.toString());
    ArrayNode contacts = node.putArray("contacts");
    records.forEach(
        c -> {
          ArrayNode journeys = contacts.addObject().put("id", c.id().value()).putArray("journeys");
          c.journeys().forEach(j -> journeys.add(j.id().value()));
        });
    Decision decision = open.decision();
    if (decision != null) {
      node.putObject("decision")
          .put("verdict", ConfigSection.word(decision.verdict()))
          .put("answer", decision.answer())
          .put("who", decision.who())
          .put("why", decision.why())
          .put("at", decision.at().toString());
    }
  }
}
