package edu.cumc.aou.runtime.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.runtime.notify.NotifySettings.Security;
import edu.cumc.aou.runtime.notify.NotifySettings.Shape;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotifySettingsTest {

  private static final String WHOLE =
      """
      site = "Example Clinic"
      environment = production
      metrics-file = "/var/lib/node_exporter/aou_sync.prom"
      notify {
        on = [guarded, failed]
        timeout = 10s
        mail { host = mail.example.org, from = "aou-sync@example.org", to = ["a@example.org"], user = u, password = s3cr3t-1 }
        webhook { url = "https://hooks.example.org/s3cr3t-2", shape = slack, on = [done], proxy.host = proxy.example.org }
        command { run = ["/usr/local/bin/page", "--high"] }
      }
      """;

  private final ConfigProblems problems = new ConfigProblems();

  private NotifySettings read(String text) {
    return NotifySettings.read(ConfigSection.root(ConfigFactory.parseString(text), problems));
  }

  @Test
  void everything_isRead_andEachWayMayHaveItsOwnOccasions() {
    NotifySettings settings = read(WHOLE);

    assertThat(problems.list()).isEmpty();
    assertThat(settings.site()).isEqualTo("Example Clinic");
    assertThat(settings.mail().orElseThrow().port()).isEqualTo(587);
    assertThat(settings.mail().orElseThrow().security()).isEqualTo(Security.STARTTLS);
    assertThat(settings.mail().orElseThrow().on())
        .containsExactlyInAnyOrder(Occasion.GUARDED, Occasion.FAILED);
    assertThat(settings.webhook().orElseThrow().shape()).isEqualTo(Shape.SLACK);
    assertThat(settings.webhook().orElseThrow().on()).containsExactly(Occasion.DONE);
    assertThat(settings.webhook().orElseThrow().proxyPort()).isEqualTo(8080);
    assertThat(settings.command().orElseThrow().words())
        .isEqualTo(List.of("/usr/local/bin/page", "--high"));
    assertThat(settings.metricsFile()).isPresent();
  }

  @Test
  void nothing_tellsNobody_andIsNoProblem() {
    assertThat(read("").isEmpty()).isTrue();
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void secrets_doNotShow() {
    assertThat(read(WHOLE).toString()).contains("mail.example.org").doesNotContain("s3cr3t");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          notify.on = [sometimes]                                        | notify.on: expected some of done, partial,
          notify.mial.host = x                                           | notify.mial: unknown setting
          notify.timeout = 1h                                            | notify.timeout: expected
          notify.mail { from = "a@example.org", to = ["a@example.org"] } | notify.mail.host: is missing
          notify.mail { host = h, from = "a@example.org" }               | notify.mail.to: is missing
          notify.mail { host = h, from = nobody at all, to = [] }        | notify.mail.from: expected addresses
          notify.mail { host = h, user = u }                             | AOU_NOTIFY_MAIL_PASSWORD
          notify.mail { security = none, user = u, password = s3cr3t }   | notify.mail.security: none would send
          notify.webhook { shape = teams }                               | AOU_NOTIFY_WEBHOOK_URL
          notify.webhook.url = "http://hooks.example.org/s3cr3t"         | notify.webhook.url: expected an address
          notify.webhook.url = "https://u:s3cr3t@hooks.example.org/"     | notify.webhook.url: expected an address
          notify.webhook.url = "s3cr3t"                                  | notify.webhook.url: expected an address
          notify.command { run = [] }                                    | notify.command.run: expected
          metrics-file = metrics/aou-sync.txt                            | metrics-file: expected a name that ends in .prom
          """)
  void whatIsWrong_isNamed_withoutItsValue(String text, String expected) {
    read(text);

    assertThat(problems.list()).anySatisfy(p -> assertThat(p).contains(expected));
    assertThat(String.join("\n", problems.list())).doesNotContain("s3cr3t");
  }
}
