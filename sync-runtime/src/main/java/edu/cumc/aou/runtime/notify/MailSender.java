package edu.cumc.aou.runtime.notify;

import edu.cumc.aou.runtime.notify.NotifySettings.Mail;
import edu.cumc.aou.runtime.notify.NotifySettings.Security;
import edu.cumc.aou.sync.config.SecretText;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.jspecify.annotations.Nullable;

/** Sends a notice by mail. It never passes on a mail server's text, which may quote anything. */
final class MailSender {

  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private final Mail settings;

  MailSender(Mail settings) {
    this.settings = settings;
  }

  void send(Notice notice, Duration limit) throws UndeliveredException {
    // The library limits the time of one answer, and a mail takes about ten answers.
    CompletableFuture<@Nullable Void> sent = new CompletableFuture<>();
    Thread sender =
        new Thread(
            () -> {
              try {
                converse(notice, limit);
                sent.complete(null);
              } catch (UndeliveredException | RuntimeException e) {
                sent.completeExceptionally(e);
              }
            },
            "notify-mail");
    sender.setDaemon(true);
    sender.start();
    try {
      sent.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw UndeliveredException.forNow(server() + " did not answer in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw UndeliveredException.forGood("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UndeliveredException undelivered) {
        throw undelivered;
      }
      throw (RuntimeException) e.getCause();
    }
  }

  private String server() {
    return settings.host() + ":" + settings.port();
  }

  private void converse(Notice notice, Duration limit) throws UndeliveredException {
    Session session = Session.getInstance(properties(limit));
    String server = server();
    try {
      send(session, notice);
    } catch (AuthenticationFailedException e) {
      throw UndeliveredException.forGood(
          server + " refused the login; correct notify.mail.user and notify.mail.password");
    } catch (MailConnectException e) {
      throw UndeliveredException.forNow(
          server + " cannot be reached; check notify.mail.host and .port, and the firewall");
    } catch (SendFailedException e) {
      throw UndeliveredException.forGood(
          server
              + " refused the sender or a recipient; correct notify.mail.from and .to, or log in"
              + " with notify.mail.user");
    } catch (MessagingException e) {
      throw because(e, server);
    }
  }

  private void send(Session session, Notice notice) throws MessagingException {
    Message message = message(session, notice);
    try (Transport transport = session.getTransport("smtp")) {
      logIn(transport);
      transport.sendMessage(message, message.getAllRecipients());
    }
  }

  private void logIn(Transport transport) throws MessagingException {
    SecretText password = settings.password();
    if (settings.user() == null || password == null) {
      transport.connect();
      return;
    }
    try {
      transport.connect(settings.user(), password.reveal());
    } catch (AuthenticationFailedException e) {
      // A password that is kept elsewhere may have been replaced.
      if (!password.renew()) {
        throw e;
      }
      transport.connect(settings.user(), password.reveal());
    }
  }

  private UndeliveredException because(MessagingException e, String server) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return UndeliveredException.forGood(
            server
                + " and this program do not agree on TLS, or its certificate is not trusted;"
                + " check notify.mail.security, .host and .port");
      }
    }
    boolean plain = String.valueOf(e.getMessage()).startsWith("STARTTLS is required");
    return plain
        ? UndeliveredException.forGood(
            server + " offers no STARTTLS; correct notify.mail.security or .port")
        : UndeliveredException.forNow(
            server + " broke the conversation off (" + e.getClass().getSimpleName() + ")");
  }

  private Properties properties(Duration limit) {
    String millis = String.valueOf(Math.max(1, limit.toMillis()));
    Properties properties = new Properties();
    properties.put("mail.smtp.host", settings.host());
    properties.put("mail.smtp.port", String.valueOf(settings.port()));
    properties.put("mail.smtp.auth", String.valueOf(settings.user() != null));
    properties.put("mail.smtp.connectiontimeout", millis);
    properties.put("mail.smtp.timeout", millis);
    properties.put("mail.smtp.writetimeout", millis);
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.starttls.enable", is(Security.STARTTLS));
    properties.put("mail.smtp.starttls.required", is(Security.STARTTLS));
    properties.put("mail.smtp.ssl.enable", is(Security.TLS));
    return properties;
  }

  private String is(Security security) {
    return String.valueOf(settings.security() == security);
  }

  private Message message(Session session, Notice notice) throws MessagingException {
    MimeMessage message = new MimeMessage(session);
    message.setFrom(new InternetAddress(settings.from()));
    for (String to : settings.to()) {
      message.addRecipient(Message.RecipientType.TO, new InternetAddress(to));
    }
    message.setSubject(notice.headline(), UTF_8);
    message.setText(notice.text() + "\n", UTF_8);
    message.setSentDate(Date.from(notice.at()));
    // Prevents out-of-office replies.
    message.setHeader("Auto-Submitted", "auto-generated");
    return message;
  }
}
