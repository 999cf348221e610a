package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.port.SourceColumns;
import edu.cumc.aou.sync.port.StatusRule;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says what status a participant has. Withdrawn comes before all else, because it is for good:
 * withdrawn, then left, test, deactivated, deceased, active.
 */
public final class StatusRules implements StatusRule {

  private final StatusSettings settings;

  public StatusRules(StatusSettings settings) {
    this.settings = settings;
  }

  /** The columns of a relation that the rules look at, as the database spells them. */
  public List<String> columnsIn(SourceColumns relation) {
    return settings.columns().stream().flatMap(c -> relation.find(c).stream()).distinct().toList();
  }

  @Override
  public ParticipantStatus statusOf(@Nullable SourceRow contact, @Nullable SourceRow journey) {
    Rows rows = new Rows(contact, journey);
    // a contact row and a journey row may both speak of withdrawal; one that says so is enough
    List<String> withdrawal = rows.allTexts(settings.withdrawalColumn());
    if (withdrawal.stream().anyMatch(StatusRules::isYes)) {
      return ParticipantStatus.WITHDRAWN;
    }
    if (!withdrawal.stream().allMatch(StatusRules::isNo)) {
      return ParticipantStatus.UNCLEAR;
    }
    String organization = rows.text(settings.organizationColumn()).toUpperCase(Locale.ROOT);
    if (isTest(rows, organization)) {
      return ParticipantStatus.TEST;
    }
    if (contact != null
        && !settings.ourOrganizations().isEmpty()
        && !settings.ourOrganizations().contains(organization)) {
      return ParticipantStatus.LEFT;
    }
    if (settings.deactivatedColumns().stream().anyMatch(c -> isYes(rows.text(c)))) {
      return ParticipantStatus.DEACTIVATED;
    }
    // 1 is a pending report, 2 an approved one
    if (settings.deceasedColumns().stream().anyMatch(c -> rows.text(c).equals("2"))) {
      return ParticipantStatus.DECEASED;
    }
    return ParticipantStatus.ACTIVE;
  }

  private boolean isTest(Rows rows, String organization) {
    if (settings.testOrganizations().contains(organization)) {
      return true;
    }
    String email = rows.text(settings.testEmailColumn()).toLowerCase(Locale.ROOT);
    if (settings.testEmailDomains().stream().anyMatch(d -> email.endsWith("@" + d))) {
      return true;
    }
    String digits = rows.text(settings.testPhoneColumn()).replaceAll("[^0-9]", "");
    return settings.testPhonePrefixes().stream().anyMatch(digits::startsWith);
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

  private record Rows(@Nullable SourceRow contact, @Nullable SourceRow journey) {

    /** The text of a column, from the contact row if it has any. */
    String text(String column) {
      return allTexts(column).stream().filter(t -> !t.isEmpty()).findFirst().orElse("");
    }

    List<String> allTexts(String column) {
      return Stream.of(contact, journey)
          .flatMap(Stream::ofNullable)
          .map(r -> r.text(column))
          .toList();
    }
  }
}
