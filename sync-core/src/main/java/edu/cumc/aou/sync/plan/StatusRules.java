package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.Cells;
import edu.cumc.aou.sync.model.Flags;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.port.SourceColumns;
import edu.cumc.aou.sync.port.StatusRule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides the status of a participant. Withdrawn comes first, because it is for good; then left,
 * test, deactivated, deceased, active.
 */
public final class StatusRules implements StatusRule {

  private static final String WITHDRAWAL = "withdrawal.status-column";
  private static final String ORGANIZATION = "status.organization.column";

  /** Settings of which a run needs one column. */
  public static final Set<String> NEEDED = Set.of(WITHDRAWAL, ORGANIZATION);

  private static final String DEACTIVATED = "status.deactivated.columns";
  private static final String DECEASED = "status.deceased.columns";

  private final StatusSettings settings;
  private final Cells cells;

  /** {@code cells} is the reader of the fields too, so that fields and status see the same. */
  public StatusRules(StatusSettings settings, Cells cells) {
    this.settings = settings;
    this.cells = cells;
  }

  /** The columns of a relation that the rules look at, as the database spells them. */
  public List<String> columnsIn(SourceColumns relation) {
    return settings.columns().stream().flatMap(c -> relation.find(c).stream()).distinct().toList();
  }

  /** The columns with values that can be judged one by one, each with the setting that names it. */
  public List<StatusMeaning.Column> judged() {
    List<StatusMeaning.Column> columns = new ArrayList<>();
    settings.withdrawalColumns().forEach(c -> columns.add(new StatusMeaning.Column(WITHDRAWAL, c)));
    columns.add(new StatusMeaning.Column(ORGANIZATION, settings.organizationColumn()));
    settings
        .deactivatedColumns()
        .forEach(c -> columns.add(new StatusMeaning.Column(DEACTIVATED, c)));
    settings.deceasedColumns().forEach(c -> columns.add(new StatusMeaning.Column(DECEASED, c)));
    columns.removeIf(c -> c.name().isEmpty());
    return List.copyOf(columns);
  }

  /** All columns that the rules look at, each with the setting that names it. */
  public List<StatusMeaning.Column> all() {
    List<StatusMeaning.Column> columns = new ArrayList<>(judged());
    columns.add(new StatusMeaning.Column("status.test.email-column", settings.testEmailColumn()));
    columns.add(new StatusMeaning.Column("status.test.phone-column", settings.testPhoneColumn()));
    columns.removeIf(c -> c.name().isEmpty());
    return List.copyOf(columns);
  }

  /** The meaning of a value, as {@link Cells#line} gives it. */
  public StatusMeaning meaningOf(StatusMeaning.Column column, String line) {
    return switch (column.setting()) {
      case WITHDRAWAL ->
          switch (Withdrawal.of(line)) {
            case NO -> StatusMeaning.NOT_WITHDRAWN;
            case YES -> StatusMeaning.WITHDRAWN;
            case UNCLEAR -> StatusMeaning.UNCLEAR;
          };
      case ORGANIZATION -> organization(line.toUpperCase(Locale.ROOT));
      case DEACTIVATED -> flag(line, isDeactivated(line), StatusMeaning.DEACTIVATED);
      default -> flag(line, isDeceased(line), StatusMeaning.DECEASED);
    };
  }

  private StatusMeaning organization(String organization) {
    if (settings.testOrganizations().contains(organization)) {
      return StatusMeaning.TEST;
    }
    return settings.ourOrganizations().isEmpty()
            || settings.ourOrganizations().contains(organization)
        ? StatusMeaning.OURS
        : StatusMeaning.LEFT;
  }

  private static StatusMeaning flag(String line, boolean isYes, StatusMeaning yes) {
    if (isYes) {
      return yes;
    }
    if (Flags.digit(line).isEmpty()) {
      return StatusMeaning.NOTHING_KNOWN;
    }
    return yes == StatusMeaning.DECEASED
        ? StatusMeaning.NOT_DECEASED
        : StatusMeaning.NOT_DEACTIVATED;
  }

  /** Whether a value is a word of the rules or the settings, and so is no personal data. */
  public boolean isKnown(StatusMeaning.Column column, String line) {
    return column.setting().equals(ORGANIZATION)
        ? settings.ourOrganizations().contains(line.toUpperCase(Locale.ROOT))
            || settings.testOrganizations().contains(line.toUpperCase(Locale.ROOT))
        : Flags.digit(line).isPresent();
  }

  @Override
  public boolean saySame(SourceRow one, SourceRow other) {
    return cells.saySame(one, other);
  }

  @Override
  public ParticipantStatus statusOf(@Nullable SourceRow contact, @Nullable SourceRow journey) {
    Rows rows = new Rows(cells, contact, journey);
    // Both the contact row and the journey row may tell of a withdrawal; one is enough.
    Set<Withdrawal> withdrawal = EnumSet.noneOf(Withdrawal.class);
    for (String column : settings.withdrawalColumns()) {
      withdrawal.add(Withdrawal.of(rows.text(contact, column)));
      withdrawal.add(Withdrawal.of(rows.text(journey, column)));
    }
    if (withdrawal.contains(Withdrawal.YES)) {
      return ParticipantStatus.WITHDRAWN;
    }
    if (withdrawal.contains(Withdrawal.UNCLEAR)) {
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

  /** The digits of a phone number, without the country code 1. */
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

  /** What a value of the withdrawal column means. */
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

  /** 1 means reported and not yet approved, 2 approved. */
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
