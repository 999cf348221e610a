package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.Cells;
import edu.cumc.aou.sync.model.Flags;
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
  private final Cells cells;

  /** {@code cells}: the reader of the fields, so that fields and status see the same. */
  public StatusRules(StatusSettings settings, Cells cells) {
    this.settings = settings;
    this.cells = cells;
  }

  /** The columns of a relation that the rules look at, as the database spells them. */
  public List<String> columnsIn(SourceColumns relation) {
    return settings.columns().stream().flatMap(c -> relation.find(c).stream()).distinct().toList();
  }

  @Override
  public boolean saySame(SourceRow one, SourceRow other) {
    return cells.saySame(one, other);
  }

  @Override
  public ParticipantStatus statusOf(@Nullable SourceRow contact, @Nullable SourceRow journey) {
    Rows rows = new Rows(cells, contact, journey);
    // a contact row and a journey row may both speak of withdrawal; one that says so is enough
    Withdrawal ofContact = Withdrawal.of(rows.text(contact, settings.withdrawalColumn()));
    Withdrawal ofJourney = Withdrawal.of(rows.text(journey, settings.withdrawalColumn()));
    if (ofContact == Withdrawal.YES || ofJourney == Withdrawal.YES) {
      return ParticipantStatus.WITHDRAWN;
    }
    if (ofContact == Withdrawal.UNCLEAR || ofJourney == Withdrawal.UNCLEAR) {
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
      if (isDeactivated(rows.text(column))) {
        return ParticipantStatus.DEACTIVATED;
      }
    }
    for (String column : settings.deceasedColumns()) {
      if (isDeceased(rows.text(column))) {
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
    String digits = nationalDigits(rows.text(settings.testPhoneColumn()));
    for (String prefix : settings.testPhonePrefixes()) {
      if (digits.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** The digits of a phone, without the 1 that stands for the country. */
  private static String nationalDigits(String phone) {
    StringBuilder digits = new StringBuilder(phone.length());
    for (int i = 0; i < phone.length(); i++) {
      char c = phone.charAt(i);
      if (c >= '0' && c <= '9') {
        digits.append(c);
      }
    }
    return digits.length() == 11 && digits.charAt(0) == '1'
        ? digits.substring(1)
        : digits.toString();
  }

  /** What a value of the withdrawal column is taken for. */
  enum Withdrawal {
    NO,
    YES,
    UNCLEAR;

    static Withdrawal of(String line) {
      String digit = Flags.digit(line).orElse(Flags.TWO);
      return digit.isEmpty() || digit.equals(Flags.NO)
          ? NO
          : digit.equals(Flags.YES) ? YES : UNCLEAR;
    }
  }

  static boolean isDeactivated(String line) {
    return Flags.digit(line).filter(Flags.YES::equals).isPresent();
  }

  /** 1 is a report that waits for its approval, 2 an approved one. */
  static boolean isDeceased(String line) {
    return Flags.digit(line).filter(Flags.TWO::equals).isPresent();
  }

  private record Rows(Cells cells, @Nullable SourceRow contact, @Nullable SourceRow journey) {

    /** The text of a column, from the contact row if it has any. */
    String text(String column) {
      String ofContact = text(contact, column);
      return ofContact.isEmpty() ? text(journey, column) : ofContact;
    }

    String text(@Nullable SourceRow row, String column) {
      return row == null || column.isEmpty() ? "" : cells.line(row, column);
    }
  }
}
