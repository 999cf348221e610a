package edu.cumc.aou.simulator.source;

import edu.cumc.aou.simulator.source.Draw.Topic;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes a life as HealthPro exports it and the site's loader casts it. */
final class HealthProRow {
  private static final LocalDate EPOCH = LocalDate.of(1900, 1, 1);
  private static final List<LocalDate> COPE_DAYS =
      List.of(LocalDate.of(2020, 5, 7), LocalDate.of(2020, 6, 2), LocalDate.of(2020, 7, 1));

  private final Life life;
  private final Person person;
  private final RowDraft row = new RowDraft(SourceTable.HEALTHPRO);
  private final boolean gone;

  private HealthProRow(Life life) {
    this.life = life;
    this.person = life.person();
    this.gone = life.blanked() && life.withdrawal().isPresent();
  }

  static RowDraft of(Life life) {
    HealthProRow writer = new HealthProRow(life);
    writer.identity();
    writer.status();
    writer.contact();
    writer.demographics();
    writer.surveys();
    writer.visit();
    writer.laterConsents();
    return writer.row;
  }

  private void identity() {
    row.set(SourceTable.PMI_ID, person.pmiId());
    row.set("Biobank ID", person.biobankId());
    row.set("Last Name", life.surname());
    row.set("First Name", person.firstName());
    row.set("Date of Birth", person.birthday());
    row.set("Paired Site", life.organisation().site());
    row.set("Paired Organization", life.organisation().name());
  }

  private void status() {
    row.set("Participant Status", participantStatus());
    row.set("General Consent Status", "1");
    row.set("General Consent Date", life.consent());
    row.set("EHR Consent Status", life.ehr().isEmpty() ? unanswered() : life.ehr());
    row.set("EHR Consent Date", date(life.done(Milestone.EHR).orElse(null)));
    row.set("Withdrawal Status", life.withdrawal().isPresent() ? "1" : "0");
    row.set("Withdrawal Date", date(life.withdrawal().orElse(null)));
    row.set("Withdrawal Reason", text(withdrawalReason()));
    row.set("Deactivation Status", flag(life.deactivation().isPresent()));
    row.set("Deactivation Date", moment(life.deactivation().orElse(null)));
    row.set("Deceased", gone ? "0" : life.deceased());
    row.set("Date of Death", keptDate(life.death().orElse(null)));
    row.set("Date of Death Approval", moment(life.deathApproval().orElse(null)));
  }

  private String withdrawalReason() {
    if (life.withdrawal().isEmpty() || person.role().isPresent()) {
      return "";
    }
    double unit = person.unit(Topic.PAST, 2);
    return unit < 0.85 ? "" : unit < 0.95 ? "DUPLICATE" : unit < 0.98 ? "FRAUDULENT" : "TEST";
  }

  private String participantStatus() {
    if (!life.ehr().equals("1")) {
      return "Participant";
    }
    boolean core =
        Milestone.REQUIRED_SURVEYS.stream().allMatch(step -> life.done(step).isPresent());
    if (!core || life.done(Milestone.VISIT).isEmpty()) {
      return "Participant + EHR Consent";
    }
    return life.measurementsCancelled() ? "Core Participant Minus PM" : "Core Participant";
  }

  private void contact() {
    boolean away = life.blanked();
    Person.Address address = life.address();
    row.set("Street Address", kept(address.street(), away));
    row.set("Street Address2", kept(address.unit(), away));
    row.set("City", kept(address.city(), away));
    row.set("State", kept(address.state(), away));
    row.set("ZIP", kept(address.zip(), away));
    row.set("Email", kept(life.email(), away));
    row.set("Phone", kept(person.hasNoEmail() ? "" : life.phone(), away));
    row.set("Login Phone", kept(person.hasNoEmail() ? life.phone() : "", away));
  }

  private void demographics() {
    boolean asked = life.done(Milestone.BASICS).isPresent();
    row.set("Language", kept(person.language(), gone));
    row.set("Language of General Consent", kept(person.language().substring(0, 2), gone));
    row.set("Sex", kept(asked ? person.sex() : "", gone));
    row.set("Gender Identity", kept(asked ? person.gender() : "", gone));
    row.set("Race/Ethnicity", kept(asked ? person.race() : "", gone));
    row.set("Education", kept(asked ? person.education() : "", gone));
  }

  private void surveys() {
    int count = 0;
    for (Milestone survey : Milestone.SURVEYS) {
      Optional<LocalDate> done = life.done(survey);
      count += done.isPresent() ? 1 : 0;
      row.set(survey.heading() + " PPI Survey Complete", flag(done.isPresent()));
      row.set(survey.heading() + " PPI Survey Completion Date", keptDate(done.orElse(null)));
    }
    boolean required =
        Milestone.REQUIRED_SURVEYS.stream().allMatch(step -> life.done(step).isPresent());
    row.set("Required PPI Surveys Complete", flag(required));
    row.set("Completed Surveys", gone ? "0" : String.valueOf(count));
    for (int month = 0; month < COPE_DAYS.size(); month++) {
      LocalDateTime answered = cope(month).orElse(null);
      String heading = "COPE " + List.of("May", "June", "July").get(month) + " PPI Survey Complete";
      row.set(heading, flag(answered != null));
      row.set(heading.replace("Complete", "Completion Date"), moment(answered));
    }
  }

  private Optional<LocalDateTime> cope(int month) {
    LocalDate day = COPE_DAYS.get(month).plusDays(person.below(24, Topic.COPE, 10L + month));
    boolean answered = life.consent().isBefore(day) && person.chance(0.35, Topic.COPE, month);
    return answered ? Optional.of(life.atSomeTime(day)) : Optional.empty();
  }

  private void visit() {
    Optional<LocalDate> visit = life.done(Milestone.VISIT);
    boolean measured = visit.isPresent() && !life.measurementsCancelled();
    row.set("Physical Measurements Status", flag(measured));
    row.set("Physical Measurements Completion Date", keptDate(visit.orElse(null)));
    String site = visit.isPresent() ? life.firstOrganisation().site() : "";
    row.set("Physical Measurements Site", kept(site, gone));
    row.set("Biospecimens Site", kept(site, gone));
    int received = 0;
    boolean dna = false;
    for (Tube tube : Tube.ALL) {
      boolean here = visit.isPresent() && !life.consumed(tube);
      received += here ? 1 : 0;
      dna |= here && tube.dna();
      row.set(tube.heading() + " Collected", flag(here));
      row.set(
          tube.heading() + " Collection Date",
          keptDate(visit.map(date -> arrival(date, tube)).orElse(null)));
    }
    row.set("Samples for DNA Received", flag(dna));
    row.set("Biospecimens", gone ? "0" : String.valueOf(received));
  }

  private LocalDate arrival(LocalDate visit, Tube tube) {
    boolean late = person.chance(0.25, Topic.TUBE, tube.name().hashCode());
    return late
        ? visit.plusDays(1L + person.below(3, Topic.TUBE, 1L + tube.name().hashCode()))
        : visit;
  }

  private void laterConsents() {
    Optional<LocalDate> gror = life.done(Milestone.GROR);
    double unit = person.unit(Topic.ANSWER, 1);
    String answer = unit < 0.8 ? "1" : unit < 0.92 ? "0" : "2";
    row.set("gRoR Consent Status", gone || gror.isEmpty() ? "0" : answer);
    row.set("gRoR Consent Date", moment(gror.map(life::atSomeTime).orElse(null)));
    boolean california = person.address(0).state().equals("CA");
    row.set("CABoR Consent Status", flag(california));
    row.set("CABoR Consent Date", keptDate(california ? life.consent() : null));
    row.set("DV-only EHR Sharing Status", "0");
    row.set("DV-only EHR Sharing Date", date(null));
    for (String status : List.of("Yes", "No", "No Access", "Unknown")) {
      boolean here = status.equals("Yes") && life.done(Milestone.EHR).isPresent();
      row.set("Patient Status: " + status, kept(here ? life.firstOrganisation().name() : "", gone));
    }
  }

  private String flag(boolean on) {
    return on && !gone ? "1" : "0";
  }

  private String unanswered() {
    return person.emptyTexts() ? "" : "0";
  }

  private @Nullable String kept(String value, boolean blank) {
    return blank ? "" : text(value);
  }

  private @Nullable String text(String value) {
    return value.isEmpty() && !person.emptyTexts() ? null : value;
  }

  private @Nullable LocalDate keptDate(@Nullable LocalDate date) {
    return date(gone ? null : date);
  }

  private @Nullable LocalDate date(@Nullable LocalDate date) {
    return date == null && person.epochDates() ? EPOCH : date;
  }

  private @Nullable LocalDateTime moment(@Nullable LocalDateTime moment) {
    if (moment == null || gone) {
      return person.epochDates() ? EPOCH.atStartOfDay() : null;
    }
    return moment;
  }
}
