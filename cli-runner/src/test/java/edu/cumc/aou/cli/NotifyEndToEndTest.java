package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People and monitors are told how a sync ended: nobody has to look. */
@Tag("slow")
class NotifyEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PASSWORD = "an-invented-mail-password";

  @TempDir private Path directory;
  private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
  private final Listener listener = new Listener();
  private Site site;

  @BeforeEach
  void open() {
    mail.start();
    site = new Site(directory, 20);
    site.run("init");
  }

  @AfterEach
  void close() {
    site.close();
    listener.close();
    mail.stop();
  }

  private String mailTo(String more) {
    return """
    site = "Example Clinic"
    notify.mail { host = "127.0.0.1", port = %d, security = none, from = "aou-sync@example.org", to = ["data-manager@example.org"]%s }
    """
        .formatted(mail.getSmtp().getPort(), more);
  }

  private String webhook(String more) {
    return "notify.webhook { url = \"%s\"%s }\n".formatted(listener.url(), more);
  }

  private JsonNode posted(int index) throws IOException {
    return JSON.readTree(listener.bodies().get(index));
  }

  @Test
  void guard_isMailed_withWhatItSaid_andWithoutPersonalData() throws Exception {
    site.configure(mailTo("") + "guards.max-inserts { number = 1, share = 0% }");

    Result guarded = site.run("sync");

    assertThat(guarded.exitCode()).isEqualTo(6);
    assertThat(guarded.out()).contains("Told", "notify.mail: told");
    MimeMessage message = mail.getReceivedMessages()[0];
    assertThat(message.getSubject())
        .isEqualTo("aou-sync, Example Clinic sandbox: run 1 was stopped by a guard");
    assertThat(message.getContent().toString())
        .contains("0 changes: a guard stopped the run")
        .contains("guards.max-inserts: ")
        .contains("To do: do what the guard says")
        .contains("More: aou-sync status 1");
    assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(message.getAllRecipients())
        .containsExactly(new InternetAddress("data-manager@example.org"));
    assertThat(site.personalData()).noneMatch(message.getContent().toString()::contains);
  }

  @Test
  void goodDay_isToldToThoseOnlyWhoAskedForIt() throws IOException {
    site.configure(mailTo("") + webhook(", on = [done]"));

    Result done = site.run("sync", "--initial-load", "--json");

    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(mail.getReceivedMessages()).isEmpty();
    assertThat(listener.bodies()).hasSize(1);
    assertThat(JSON.readTree(done.out()).at("/told").toString())
        .isEqualTo("[{\"channel\":\"notify.webhook\",\"told\":true}]");
    JsonNode notice = posted(0);
    assertThat(notice.at("/occasion").asText()).isEqualTo("done");
    assertThat(notice.at("/site").asText()).isEqualTo("Example Clinic");
    assertThat(notice.at("/environment").asText()).isEqualTo("sandbox");
    assertThat(notice.at("/run").asLong()).isOne();
    assertThat(notice.at("/exitCode").asInt()).isZero();
    assertThat(notice.at("/lines/0").asText()).contains("participants are new in Salesforce");
    assertThat(site.personalData()).noneMatch(listener.bodies().get(0)::contains);
  }

  @Test
  void refusedRecord_isToldWithoutSayingWhose() throws IOException {
    site.configure(
        webhook("")
            + "guards.max-field-changes.share = 100%\nguards.max-other-persons.share = 100%\n");
    site.run("sync", "--initial-load");
    assertThat(listener.bodies()).isEmpty();
    site.source("UPDATE dbo.healthpro SET [Last Name] = 'Changed'");
    site.org
        .faults()
        .onRow(
            "Contact", "LastName", "Changed", Integer.MAX_VALUE, "ENTITY_IS_LOCKED", "Asked for");

    Result partial = site.nextMorning("sync");

    assertThat(partial.exitCode()).as(partial.err()).isEqualTo(5);
    assertThat(posted(0).at("/occasion").asText()).isEqualTo("partial");
    assertThat(site.personalData()).noneMatch(listener.bodies().get(0)::contains);
  }

  @Test
  void refusedLogin_isTold_andSoIsTheRecovery() throws IOException {
    site.configure(webhook(", shape = slack"));
    site.run("sync", "--initial-load");
    String password = "salesforce.auth.password = wrong\n";
    site.configure(webhook(", shape = slack") + password);

    Result refused = site.nextMorning("sync");
    site.configure(webhook(", shape = slack"));
    Result recovered = site.nextMorning("sync");
    Result quiet = site.nextMorning("sync");

    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err()).contains("notify.webhook: told");
    assertThat(recovered.exitCode()).isZero();
    assertThat(quiet.exitCode()).isZero();
    assertThat(listener.bodies()).hasSize(2);
    assertThat(posted(0).at("/text").asText())
        .startsWith("*aou-sync, sandbox: the sync failed*\n")
        .contains("Exit code 3. More: aou-sync status");
    assertThat(posted(1).at("/text").asText()).contains("run 2 is done, all is well again");
  }

  @Test
  void wrongSetting_isTold_forTheScheduleWillNotSay() throws IOException {
    site.configure(webhook(", shape = teams") + "local-zone = Nowhere");

    Result refused = site.run("sync", "--json");

    assertThat(refused.exitCode()).isEqualTo(3);
    JsonNode card = posted(0).at("/attachments/0/content");
    assertThat(posted(0).at("/type").asText()).isEqualTo("message");
    assertThat(card.at("/type").asText()).isEqualTo("AdaptiveCard");
    assertThat(card.at("/body/0/text").asText()).contains("the sync failed");
    assertThat(card.at("/body/1/text").asText()).contains("local-zone");
    assertThat(JSON.readTree(refused.out()).at("/told/0/told").asBoolean()).isTrue();
  }

  @Test
  void failureToTell_isSaid_andLeavesTheRunWhatItWas() throws IOException {
    String nobodyThere = mailTo(", on = [done]");
    mail.stop();
    listener.answers(404);
    site.configure(
        nobodyThere
            + webhook(", on = [done]")
            + "notify.command { run = [\"/nowhere/page\"], on = [done] }\n"
            + "metrics-file = \"no-such-directory/aou.prom\"");

    Result done = site.run("sync", "--initial-load");

    assertThat(done.exitCode()).isZero();
    assertThat(done.out())
        .contains("notify.mail: not told: 127.0.0.1:")
        .contains("cannot be reached; check notify.mail.host")
        .contains("notify.webhook: not told: 127.0.0.1 answered 404;")
        .contains("notify.command: not told: the command cannot be started")
        .contains(
            "metrics-file: not told: the file cannot be written; check that its directory exists")
        .doesNotContain("a-secret-path");
    assertThat(done.err()).contains("aou-sync: notify.mail: not told", "aou-sync: metrics-file:");
    assertThat(JSON.readTree(site.run("status", "1", "--json").out()).at("/state").asText())
        .isEqualTo("done");
  }

  @Test
  void busyWebhook_isAskedTwice_andNoMore() {
    listener.answers(503);
    site.configure(webhook(", on = [done]"));

    Result done = site.run("sync", "--initial-load");

    assertThat(done.exitCode()).isZero();
    assertThat(listener.bodies()).hasSize(2);
    assertThat(done.out()).contains("not told: 127.0.0.1 answered 503");
  }

  @Test
  void plans_areNobodysNews() {
    site.configure(webhook(", on = [done, partial, guarded, failed]") + metrics());

    assertThat(site.run("plan", "--initial-load").out()).doesNotContain("Told");

    assertThat(listener.bodies()).isEmpty();
    assertThat(directory.resolve("aou.prom")).doesNotExist();
  }

  @Test
  void command_getsTheNoticeOnStdin_andNoSecret() throws IOException {
    assumeThat(Files.isExecutable(Path.of("/bin/sh"))).isTrue();
    Path script = directory.resolve("page.sh");
    Files.writeString(
        script,
        "#!/bin/sh\n{ cat; echo \"$AOU_NOTICE_OCCASION $AOU_NOTICE_EXIT_CODE $AOU_NOTICE_RUN\";"
            + " env | grep -c '^AOU_' ; echo \"$1\"; } > paged.txt\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    site.configure("notify.command { run = [\"%s\", \"high\"], on = [done] }".formatted(script));

    Result done = site.run("sync", "--initial-load");

    assertThat(done.out()).contains("notify.command: told");
    assertThat(Files.readString(directory.resolve("paged.txt")))
        .startsWith("aou-sync, sandbox: run 1 is done\n")
        .contains("\ndone 0 1\n7\nhigh\n");
  }

  @Test
  void commandThatHangs_isEnded() {
    assumeThat(Files.isExecutable(Path.of("/bin/sleep"))).isTrue();
    site.configure(
        "notify { timeout = 200ms, command { run = [\"/bin/sleep\", \"600\"], on = [done] } }");

    Result done = site.run("sync", "--initial-load");

    assertThat(done.exitCode()).isZero();
    assertThat(done.out()).contains("the command did not end in time and was ended");
  }

  @Test
  void test_goesToEverybody_andNeedsNeitherDatabaseNorSalesforce() throws Exception {
    mail.setUser("data-manager@example.org", "u", PASSWORD);
    site.configure(
        mailTo(", on = [failed]") + webhook(", on = [failed]") + "source.jdbc-url = null");

    Result tested = site.run("notify", "--test");

    assertThat(tested.exitCode()).as(tested.err()).isZero();
    assertThat(tested.out()).isEqualTo("notify.mail: told\nnotify.webhook: told\n");
    assertThat(mail.getReceivedMessages()[0].getSubject())
        .isEqualTo("aou-sync, Example Clinic sandbox: this is a test");
    assertThat(posted(0).at("/headline").asText()).contains("this is a test");
  }

  @Test
  void testThatFails_saysWhat_andEndsAsAWrongSetting() {
    listener.answers(410);
    site.configure(webhook(""));

    Result tested = site.run("notify", "--test");

    assertThat(tested.exitCode()).isEqualTo(3);
    assertThat(tested.out()).contains("127.0.0.1 answered 410; see there whether the webhook");
  }

  @Test
  void testWithNobodyToTell_saysWhatToSet() {
    Result tested = site.run("notify", "--test");

    assertThat(tested.exitCode()).isEqualTo(3);
    assertThat(tested.err()).contains("notify.mail, notify.webhook or notify.command");
    assertThat(site.run("notify").exitCode()).isEqualTo(2);
  }

  private static String metrics() {
    return "\nsite = \"Clinic \\\"A\\\"\"\nmetrics-file = aou.prom\n";
  }

  @Test
  void metrics_areValid_andSayWhatTheReportSays() throws IOException {
    site.configure(metrics());

    Result done = site.run("sync", "--initial-load", "--json");
    String text = Files.readString(directory.resolve("aou.prom"));

    assertThat(MetricsText.problems(text)).isEmpty();
    JsonNode report = JSON.readTree(done.out());
    assertThat(MetricsText.value(text, "aou_sync_last_run_records", "\"contact\"", "\"inserted\""))
        .isEqualTo(report.at("/contacts/inserted").asDouble())
        .isPositive();
    assertThat(MetricsText.value(text, "aou_sync_last_run_api_calls"))
        .isEqualTo(report.at("/calls").asDouble());
    assertThat(MetricsText.value(text, "aou_sync_last_run_exit_code")).isZero();
    assertThat(MetricsText.value(text, "aou_sync_last_good_run_timestamp_seconds"))
        .isEqualTo(1767610820.0, org.assertj.core.data.Offset.offset(120.0));
    assertThat(MetricsText.value(text, "aou_sync_last_run_step_duration_seconds", "plan"))
        .isNotNaN();
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("aou.prom"))))
        .isEqualTo("rw-r--r--");
    try (var files = Files.list(directory)) {
      assertThat(files.filter(f -> f.toString().endsWith(".half"))).isEmpty();
    }
  }

  /** What the collector has open stays whole, and so does what a run that is killed leaves. */
  @Test
  void metrics_neverChangeAFileInItsPlace() throws IOException {
    site.configure(metrics());
    site.run("sync", "--initial-load");
    Path file = directory.resolve("aou.prom");
    String before = Files.readString(file);
    Path same = Files.createLink(directory.resolve("seen.prom"), file);

    try (var reader = Files.newBufferedReader(file)) {
      StringBuilder read = new StringBuilder().append((char) reader.read());
      assertThat(site.nextMorning("sync").exitCode()).isZero();
      reader.lines().forEach(line -> read.append(line).append('\n'));
      assertThat(read).hasToString(before);
    }

    assertThat(Files.readString(same)).isEqualTo(before);
    assertThat(Files.readString(file)).isNotEqualTo(before).endsWith("# EOF\n");
  }

  @Test
  void metricsOfAFailure_keepTheLastGoodRun_evenIfTheStoreIsDown() throws IOException {
    site.configure(metrics());
    site.run("sync", "--initial-load");
    double good = lastGood();
    site.org.faults().on("GET", ".+", n -> true, Fault.unavailable(Duration.ofSeconds(1)));

    Result away = site.nextMorning("sync");
    assertThat(away.exitCode()).as(away.err()).isEqualTo(4);
    assertThat(lastGood()).isEqualTo(good);
    site.configure(metrics() + "store.jdbc-url = \"jdbc:sqlserver://127.0.0.1:1;databaseName=x\"");
    Result down = site.nextMorning("sync");

    String text = Files.readString(directory.resolve("aou.prom"));
    assertThat(down.exitCode()).isNotZero();
    assertThat(MetricsText.problems(text)).isEmpty();
    assertThat(lastGood()).isEqualTo(good);
    assertThat(MetricsText.value(text, "aou_sync_last_run_exit_code")).isEqualTo(down.exitCode());
    assertThat(MetricsText.value(text, "aou_sync_last_run_ended", "failed")).isOne();
  }

  private double lastGood() throws IOException {
    return MetricsText.value(
        Files.readString(directory.resolve("aou.prom")),
        "aou_sync_last_good_run_timestamp_seconds");
  }
}
