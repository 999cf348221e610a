package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.SourceRow;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The version that ran before this one, needed on the morning after an upgrade. What it made of a
 * participant tells corrections of its mistakes from the changes of the day.
 *
 * @param lastRun the last run that it completed
 * @param status the settings of the status rules
 */
public record EarlierVersion(RunId lastRun, StatusSettings status) {

  /** The status that it gave these rows: it took texts as they stand. */
  ParticipantStatus statusOf(Participant participant) {
    SourceRow contact = participant.contact();
    SourceRow journey = participant.journey();
    // it knew one column
    List<String> withdrawal =
        status.withdrawalColumns().stream()
            .limit(1)
            .flatMap(column -> texts(contact, journey, column).stream())
            .toList();
    if (withdrawal.stream().anyMatch(EarlierVersion::isYes)) {
      return ParticipantStatus.WITHDRAWN;
    }
    if (!withdrawal.stream().allMatch(EarlierVersion::isNo)) {
      return ParticipantStatus.UNCLEAR;
    }
    String organization =
        text(contact, journey, status.organizationColumn()).toUpperCase(Locale.ROOT);
    if (isTest(contact, journey, organization)) {
      return ParticipantStatus.TEST;
    }
    if (contact != null
        && !status.ourOrganizations().isEmpty()
        && !status.ourOrganizations().contains(organization)) {
      return ParticipantStatus.LEFT;
    }
    return ParticipantStatus.ACTIVE;
  }

  private boolean isTest(
      @Nullable SourceRow contact, @Nullable SourceRow journey, String organization) {
    String email = text(contact, journey, status.testEmailColumn()).toLowerCase(Locale.ROOT);
    String phone = text(contact, journey, status.testPhoneColumn()).replaceAll("[^0-9]", "");
    return status.testOrganizations().contains(organization)
        || status.testEmailDomains().stream().anyMatch(d -> email.endsWith("@" + d))
        || status.testPhonePrefixes().stream().anyMatch(phone::startsWith);
  }

  private static boolean isYes(String flag) {
    return flag.equals("1") || flag.equals("1.0") || flag.equalsIgnoreCase("true");
  }

  private static boolean isNo(String flag) {
    return flag.isEmpty()
        || flag.equals("0")
        || flag.equals("0.0")
        || flag.equalsIgnoreCase("false");
  }

  private static String text(
      @Nullable SourceRow contact, @Nullable SourceRow journey, String column) {
    return texts(contact, journey, column).stream()
        .filter(t -> !t.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static List<String> texts(
      @Nullable SourceRow contact, @Nullable SourceRow journey, String column) {
    return Stream.of(contact, journey)
        .flatMap(Stream::ofNullable)
        .map(row -> row.value(column).map(v -> v.toString().strip()).orElse(""))
        .toList();
  }
}
