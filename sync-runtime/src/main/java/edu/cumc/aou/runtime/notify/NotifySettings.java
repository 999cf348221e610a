package edu.cumc.aou.runtime.notify;

import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.config.SecretText;
import edu.cumc.aou.sync.settings.Environment;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is told how a sync ended. Secrets do not show in {@code toString}. Immutable.
 *
 * @param site the site's name; empty text if unknown
 * @param environment the sort of org that is meant
 * @param timeout how long one way of notifying may take
 * @param metricsFile where metrics are written; empty for nowhere
 */
public record NotifySettings(
    String site,
    Environment environment,
    Duration timeout,
    Optional<Mail> mail,
    Optional<Webhook> webhook,
    Optional<Program> command,
    Optional<Path> metricsFile) {

  private static final Set<Occasion> BY_DEFAULT =
      EnumSet.of(Occasion.PARTIAL, Occasion.GUARDED, Occasion.FAILED, Occasion.RECOVERED);

  static final String WEBHOOK_URL =
      "expected an address that begins with https://; plain http is taken for this machine only";

  /** How the connection to the mail server is protected. */
  public enum Security {
    /** TLS after a plain greeting; refused by servers without it. Usually port 587. */
    STARTTLS,
    /** TLS from the first byte. Usually port 465. */
    TLS,
    /** No TLS: for a relay on this machine or in a trusted network. */
    NONE
  }

  /** The format that a webhook accepts. */
  public enum Shape {
    /** A text, for incoming webhooks of Slack, Mattermost and Rocket.Chat. */
    SLACK,
    /** An adaptive card, for workflows of Microsoft Teams. */
    TEAMS,
    /** Our own members, for a program of the site. */
    PLAIN
  }

  /**
   * Mail by SMTP.
   *
   * @param user null to send without a login
   * @param password null without a login
   */
  public record Mail(
      Set<Occasion> on,
      String host,
      int port,
      Security security,
      @Nullable String user,
      @Nullable SecretText password,
      String from,
      List<String> to) {
    public Mail {
      on = Set.copyOf(on);
      to = List.copyOf(to);
    }
  }

  /**
   * An address that accepts JSON.
   *
   * @param url wholly secret: anybody who knows it can post there
   * @param proxyHost null for none
   */
  public record Webhook(
      Set<Occasion> on, SecretText url, Shape shape, @Nullable String proxyHost, int proxyPort) {
    public Webhook {
      on = Set.copyOf(on);
    }
  }

  /** A command to run, as its words. */
  public record Program(Set<Occasion> on, List<String> words) {
    public Program {
      on = Set.copyOf(on);
      words = List.copyOf(words);
    }
  }

  /** Reads {@code site}, {@code notify} and {@code metrics-file}; problems go to the section's. */
  public static NotifySettings read(ConfigSection root) {
    ConfigSection section = root.section("notify");
    Set<Occasion> on = occasions(section, BY_DEFAULT);
    NotifySettings settings =
        new NotifySettings(
            root.text("site", ""),
            root.choice("environment", Environment.class, Environment.SANDBOX),
            section.duration("timeout", Duration.ofSeconds(30)),
            section.has("mail") ? mail(section.section("mail"), on) : Optional.empty(),
            section.has("webhook") ? webhook(section.section("webhook"), on) : Optional.empty(),
            section.has("command") ? command(section.section("command"), on) : Optional.empty(),
            metricsFile(root));
    section.done();
    if (settings.timeout().isZero() || settings.timeout().compareTo(Duration.ofMinutes(5)) > 0) {
      section.problem("timeout", "expected a duration from 1ms to 5m");
    }
    return settings;
  }

  /** Whether nobody is notified. */
  public boolean isEmpty() {
    return mail.isEmpty() && webhook.isEmpty() && command.isEmpty() && metricsFile.isEmpty();
  }

  private static Optional<Path> metricsFile(ConfigSection root) {
    Optional<String> text = root.text("metrics-file");
    try {
      Optional<Path> file = text.map(Path::of);
      if (file.isPresent() && !text.get().endsWith(".prom")) {
        root.problem(
            "metrics-file", "expected a name that ends in .prom: others are not collected");
      }
      return file;
    } catch (InvalidPathException e) {
      root.problem("metrics-file", "this cannot be the name of a file here");
      return Optional.empty();
    }
  }

  private static Set<Occasion> occasions(ConfigSection section, Set<Occasion> otherwise) {
    List<String> words = section.texts("on");
    if (words.isEmpty()) {
      return otherwise;
    }
    Set<Occasion> on = EnumSet.noneOf(Occasion.class);
    for (String word : words) {
      Optional<Occasion> found =
          EnumSet.allOf(Occasion.class).stream()
              .filter(o -> ConfigSection.word(o).equals(word.strip()))
              .findFirst();
      found.ifPresentOrElse(
          on::add,
          () ->
              section.problem(
                  "on",
                  "expected some of "
                      + String.join(
                          ", ",
                          EnumSet.allOf(Occasion.class).stream()
                              .map(ConfigSection::word)
                              .toList())));
    }
    return on;
  }

  private static Optional<Mail> mail(ConfigSection section, Set<Occasion> otherwise) {
    Security security = section.choice("security", Security.class, Security.STARTTLS);
    Optional<String> user = section.text("user");
    Optional<SecretText> password = section.secret("password");
    if (user.isPresent() && password.isEmpty()) {
      section.missing("password");
    }
    if (user.isPresent() && security == Security.NONE) {
      section.problem(
          "security", "none would send the password for everybody to read; say starttls or tls");
    }
    List<String> to = section.texts("to");
    if (to.isEmpty()) {
      section.missing("to");
    }
    to.forEach(address -> checkAddress(section, "to", address));
    String from = section.requiredText("from");
    if (!from.isEmpty()) {
      checkAddress(section, "from", from);
    }
    Mail mail =
        new Mail(
            occasions(section, otherwise),
            section.requiredText("host"),
            section.integer("port", usualPort(security), 1, 65_535),
            security,
            user.orElse(null),
            password.orElse(null),
            from,
            to);
    section.done();
    return Optional.of(mail);
  }

  private static int usualPort(Security security) {
    return switch (security) {
      case STARTTLS -> 587;
      case TLS -> 465;
      case NONE -> 25;
    };
  }

  private static void checkAddress(ConfigSection section, String key, String address) {
    try {
      new InternetAddress(address, true).validate();
    } catch (AddressException e) {
      section.problem(key, "expected addresses such as data-manager@example.org");
    }
  }

  private static Optional<Webhook> webhook(ConfigSection section, Set<Occasion> otherwise) {
    SecretText url = section.requiredSecret("url");
    // A secret that is kept elsewhere is read when there is something to send.
    if (!url.isReference() && !url.reveal().isEmpty() && !isAcceptable(url.reveal())) {
      section.problem("url", WEBHOOK_URL);
    }
    ConfigSection proxy = section.section("proxy");
    Webhook webhook =
        new Webhook(
            occasions(section, otherwise),
            url,
            section.choice("shape", Shape.class, Shape.PLAIN),
            proxy.text("host").orElse(null),
            proxy.integer("port", 8080, 1, 65_535));
    proxy.done();
    section.done();
    return Optional.of(webhook);
  }

  /** Whether a notice may be posted there: it must go encrypted, or stay on this machine. */
  static boolean isAcceptable(String url) {
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      return false;
    }
    String host = uri.getHost();
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    return host != null
        && uri.getRawUserInfo() == null
        && (scheme.equals("https")
            || (scheme.equals("http") && Set.of("localhost", "127.0.0.1", "[::1]").contains(host)));
  }

  private static Optional<Program> command(ConfigSection section, Set<Occasion> otherwise) {
    List<String> words = section.texts("run");
    if (words.isEmpty() || words.get(0).isBlank()) {
      if (!section.isWrong("run")) {
        section.problem(
            "run", "expected the program and its arguments, e.g. [\"/usr/local/bin/page\"]");
      }
    }
    Program program = new Program(occasions(section, otherwise), words);
    section.done();
    return Optional.of(program);
  }
}
