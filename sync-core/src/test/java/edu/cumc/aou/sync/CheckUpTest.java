package edu.cumc.aou.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.sync.check.CheckUp;
import edu.cumc.aou.sync.check.CheckUpException;
import edu.cumc.aou.sync.check.Finding;
import edu.cumc.aou.sync.check.Finding.Level;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.FindingCode;
import edu.cumc.aou.sync.port.CrmScope;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CheckUpTest {

  private SyncWorld world = new SyncWorld(true);

  private List<Finding> check() {
    return CheckUp.run(world.services(), world.settings(), false);
  }

  private static List<String> subjects(List<Finding> findings, Level level) {
    return findings.stream().filter(f -> f.level() == level).map(Finding::subject).toList();
  }

  private static Finding finding(List<Finding> findings, String subject, Level level) {
    return findings.stream()
        .filter(f -> f.subject().equals(subject) && f.level() == level)
        .findFirst()
        .orElseThrow();
  }

  private static List<FindingCode> codes(List<Finding> findings) {
    return findings.stream().map(Finding::code).filter(Objects::nonNull).toList();
  }

  @Test
  void codes_areThere_unlessAllIsRight() {
    world = new SyncWorld(false, "contact.fields.Shoe_Size__c { column = \"Email_HP\" }");
    world.load();
    List<Finding> findings = check();
    assertThat(findings)
        .allSatisfy(f -> assertThat(f.code() == null).isEqualTo(f.level() == Level.OK));
    assertThat(codes(findings))
        .contains(
            FindingCode.NO_SUCH_FIELD,
            FindingCode.PMI_FIELD_NOT_UNIQUE,
            FindingCode.SOURCE_NOT_LOADED,
            FindingCode.API_CALLS_UNKNOWN);
  }

  @Test
  void run_goodSettings_findsNothingToMend() {
    // the source in memory has none of these columns
    world =
        new SyncWorld(
            true,
            "status { test.phone-column = \"\", deactivated.columns = [], deceased.columns = [] }");
    world.people(1, 5);
    world.load();
    List<Finding> findings = check();
    assertThat(subjects(findings, Level.ERROR)).isEmpty();
    // the org in memory does not count calls
    assertThat(subjects(findings, Level.WARNING)).containsExactly("salesforce");
    assertThat(subjects(findings, Level.OK)).contains("store", "source", "contact.pmi-field");
  }

  @Test
  void run_leaseThatACallOutlasts_isAWarning() {
    world = new SyncWorld(true, "lease = 150s");
    world.people(1, 2);
    world.load();
    assertThat(finding(check(), "lease", Level.WARNING).message())
        .contains("salesforce.answer-timeout, 150 s");

    world = new SyncWorld(true, "lease = 151s");
    world.people(1, 2);
    world.load();
    assertThat(subjects(check(), Level.WARNING)).doesNotContain("lease");
  }

  @Test
  void run_pmiFieldThatIsNoExternalId_saysWhatToDo() {
    world = new SyncWorld(false);
    world.people(1, 2);
    world.load();
    Finding finding = finding(check(), "contact.pmi-field", Level.WARNING);
    assertThat(finding.code()).isEqualTo(FindingCode.PMI_FIELD_NOT_UNIQUE);
    assertThat(finding.advice()).contains("External ID and Unique");
  }

  @Test
  void run_statusColumnsThatTheSourceLacks_areNamed() {
    world.people(1, 5);
    world.load();
    assertThat(subjects(check(), Level.WARNING))
        .contains(
            "status.test.phone-column", "status.deactivated.columns", "status.deceased.columns");
  }

  @Test
  void run_columnThatIsMissing_isAnError() {
    world = new SyncWorld(true, "withdrawal.status-column = \"Withdrawal_Status\"");
    world.load();
    Finding finding = finding(check(), "withdrawal.status-column", Level.ERROR);
    assertThat(finding.message())
        .isEqualTo("the source has no column Withdrawal_Status (did you mean Withdrawal Status?)");
    assertThat(finding.code()).isEqualTo(FindingCode.NO_SUCH_COLUMN);
    assertThat(finding.advice()).contains("name the right one");
  }

  @Test
  void run_ruleThatDoesNotSuitItsColumn_isFound() {
    world =
        new SyncWorld(
            true,
            "contact.fields.Phone { columns = [\"Date of Birth_HP\"], transform = lower-case }\n"
                + "contact.fields.Birthdate { columns = [\"Email_HP\"], transform = date }\n"
                + "journey.fields.HP_EHR_Consent_Status__c { columns = [\"EHR Consent Date\"], transform = flag }");
    world.people(1, 2);
    world.load();
    List<Finding> findings = check();
    assertThat(subjects(findings, Level.WARNING)).contains("contact.fields.Birthdate");
    assertThat(codes(findings))
        .contains(FindingCode.SELDOM_FITS, FindingCode.NEVER_FITS)
        .doesNotContain(FindingCode.UNSUPPORTED_FIELD_TYPE);
    assertThat(finding(findings, "journey.fields.HP_EHR_Consent_Status__c", Level.ERROR).message())
        .contains("a flag", "EHR Consent Date", "date column");
  }

  @Test
  void run_valuesThatARuleRefuses_areCounted_andShownOnRequestOnly() {
    world.people(1, 5);
    world.journey(2, "EHR Consent Status", "2");
    world.journey(3, "EHR Consent Status", "maybe");
    world.journey(4, "EHR Consent Status", "maybe");
    world.load();
    Finding finding = finding(check(), "journey.fields.HP_EHR_Consent_Status__c", Level.WARNING);
    assertThat(finding.message()).contains("the rule not-a-flag refuses 1 of 2 values", "(2 rows)");
    assertThat(finding.code()).isEqualTo(FindingCode.SELDOM_FITS);
    assertThat(finding.advice()).doesNotContain("picklist");
    assertThat(finding.toString() + finding.values()).doesNotContain("maybe");
    Finding shown =
        finding(
            CheckUp.run(world.services(), world.settings(), true),
            "journey.fields.HP_EHR_Consent_Status__c",
            Level.WARNING);
    assertThat(shown.values()).containsExactly("maybe (2 rows)");
    assertThat(shown.toString()).doesNotContain("maybe");
  }

  @Test
  void run_textsLongerThanTheirField_areMeasured() {
    world.people(1, 3);
    world.contact(2, "First Name_HP", "x".repeat(41));
    world.load();
    assertThat(finding(check(), "contact.fields.FirstName", Level.WARNING).message())
        .contains("takes 40 characters", "has 41");
  }

  @Test
  void run_halfLoadedSource_isAnError() {
    world.load();
    assertThat(subjects(check(), Level.ERROR))
        .contains("guards.min-contacts", "guards.min-journeys");
  }

  @Test
  void sync_errorInTheSettings_stopsBeforeAnythingIsWritten_withAllErrors() {
    world =
        new SyncWorld(
            true,
            "contact.fields.Shoe_Size__c { column = \"Shoe Size\" }\n"
                + "contact.fields.Hat_Size__c { column = \"Email_HP\" }");
    world.people(1, 3);
    assertThatThrownBy(world::firstSync)
        .isInstanceOfSatisfying(
            CheckUpException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(FailureKind.CONFIG);
              assertThat(e.findings()).filteredOn(f -> f.level() == Level.ERROR).hasSize(2);
            })
        .hasMessageContaining("Shoe_Size__c")
        .hasMessageContaining("Hat_Size__c")
        .hasMessageContaining("Nothing was changed");
    assertThat(world.store.runs().latest(10)).isEmpty();
    assertThat(world.crm.count(CrmObject.CONTACT, CrmScope.all())).isZero();
  }

  @Test
  void sync_warnings_areNotedOnce() {
    world = new SyncWorld(false);
    world.people(1, 2);
    world.firstSync();
    assertThat(world.notes).contains("check-up: 1 warning, see aou-sync check");
  }

  @Test
  void sync_picklistValues_areNotAskedForBeforeARun() {
    world.people(1, 2);
    world.journey(2, "EHR Consent Status", "maybe");
    world.firstSync();
    assertThat(world.notes).noneMatch(n -> n.startsWith("check-up"));
  }
}
