package edu.cumc.aou.runtime.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import edu.cumc.aou.runtime.notify.NotifySettings.Mail;
import edu.cumc.aou.runtime.notify.NotifySettings.Security;
import edu.cumc.aou.sync.config.SecretText;
import edu.cumc.aou.sync.settings.Environment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailSenderTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));

  /** A password that is another one once it was refused. */
  private static final class Rotated implements SecretText {
    private String text;
    private final String next;

    Rotated(String text, String next) {
      this.text = text;
      this.next = next;
    }

    @Override
    public String reveal() {
      return text;
    }

    @Override
    public boolean renew() {
      boolean other = !text.equals(next);
      text = next;
      return other;
    }

    @Override
    public boolean isReference() {
      return true;
    }
  }

  @BeforeEach
  void open() {
    server.start();
    server.setUser("aou-sync@example.org", "aou-sync", "of-today");
  }

  @AfterEach
  void close() {
    server.stop();
  }

  private static MailSender sender(int port, SecretText password) {
    return new MailSender(
        new Mail(
            EnumSet.of(Occasion.DONE),
            "127.0.0.1",
            port,
            Security.NONE,
            "aou-sync",
            password,
            "aou-sync@example.org",
            List.of("data-manager@example.org")));
  }

  private static Notice notice() {
    return Notice.test(
        new NotifySettings(
            "",
            Environment.SANDBOX,
            LIMIT,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        Instant.EPOCH);
  }

  @Test
  void exchangedPassword_isReadAgainOnceItIsRefused() throws Exception {
    sender(server.getSmtp().getPort(), new Rotated("of-yesterday", "of-today"))
        .send(notice(), LIMIT);

    assertThat(server.getReceivedMessages()).hasSize(1);
  }

  @Test
  void wrongPassword_isOfferedOnce_andNamesItsSetting() {
    MailSender sender = sender(server.getSmtp().getPort(), new Rotated("wrong", "wrong"));

    assertThatExceptionOfType(UndeliveredException.class)
        .isThrownBy(() -> sender.send(notice(), LIMIT))
        .withMessageContaining("refused the login; correct notify.mail.user")
        .matches(e -> !e.mayPass());
  }

  @Test
  void silentServer_isLeftWhenTimeIsUp() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      MailSender sender = sender(silent.getLocalPort(), new Rotated("x", "x"));

      assertThatExceptionOfType(UndeliveredException.class)
          .isThrownBy(() -> sender.send(notice(), Duration.ofMillis(100)))
          .matches(UndeliveredException::mayPass);
    }
  }
}
