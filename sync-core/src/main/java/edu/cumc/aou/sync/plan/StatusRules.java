package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.port.SourceColumns;
import edu.cumc.aou.sync.port.StatusRule;
import java.util.List;
import java.util.Locale;
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
    String ofContact = Rows.text(contact, settings.withdrawalColumn());
    String ofJourney = Rows.text(journey, settings.withdrawalColumn());
    if (isYes(ofContact) || isYes(ofJourney)) {
      return ParticipantStatus.WITHDRAWN;
    }
    if (!isNo(ofContact) || !isNo(ofJourney)) {
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
    for (String column : settings.deactivatedColumns()) {
      if (isYes(rows.text(column))) {
        return ParticipantStatus.DEACTIVATED;
      }
    }
    for (String column : settings.deceasedColumns()) {
      // 1 is a pending report, 2 an approved one
      if (rows.text(column).equals("2")) {
        return ParticipantStatus.DECEASED;
      }
    }
    return ParticipantStatus.ACTIVE;
  }

  private boolean isTest(Rows rows, String organization) {
    if (settings.testOrganizations().contains(organization)) {
      return true;
    }
    String email = rows.text(settings.testEmailColumn());
    int at = email.lastIndexOf('@');
    if (at >= 0
        && settings.testEmailDomains().contains(email.substring(at + 1).toLowerCase(Locale.ROOT))) {
      return true;
    }
    String phone = rows.text(settings.testPhoneColumn());
    for (String prefix : settings.testPhonePrefixes()) {
      if (digitsBeginWith(phone, prefix)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the digits of a text, whatever stands between them, begin with a prefix. */
  private static boolean digitsBeginWith(String text, String prefix) {
    int matched = 0;
    for (int i = 0; i < text.length() && matched < prefix.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        if (c != prefix.charAt(matched)) {
          return false;
        }
        matched++;
      }
    }
    return matched == prefix.length();
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
      String ofContact = text(contact, column);
      return ofContact.isEmpty() ? text(journey, column) : ofContact;
    }

    static String text(@Nullable SourceRow row, String column) {
      return row == null || column.isEmpty() ? "" : row.text(column);
    }
  }
}
