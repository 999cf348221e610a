package edu.cumc.aou.cli;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * Headless Chromium, driven by the chromedriver of the same distribution. Where there is none the
 * test is skipped, and the reason printed; with {@code -Daou.test.browser.required=true} it fails
 * instead. Screenshots and prints are left in {@code target/pages}, to be looked at.
 */
final class Browser implements AutoCloseable {

  private static final String REQUIRED = "aou.test.browser.required";
  private static final Path PICTURES = Path.of("target", "pages");
  private static final double MILLIMETRES = 25.4;
  private static final int PRINT_TRIES = 3;

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  static Browser open() {
    Optional<File> chromium = onPath("chromium", "chromium-browser", "google-chrome");
    Optional<File> chromedriver = onPath("chromedriver");
    if (chromium.isEmpty() || chromedriver.isEmpty()) {
      String reason =
          "the page needs chromium and chromedriver (Debian: chromium, chromium-driver) on the PATH";
      if (Boolean.getBoolean(REQUIRED)) {
        fail(reason);
      }
      Assumptions.abort(reason);
    }
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.get());
    // containers have neither the user name spaces of the sandbox nor much shared memory
    options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage");
    options.setCapability("goog:loggingPrefs", logs);
    // with a driver that is named, Selenium's own manager looks for none in the network
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.get())
            .withSilent(true)
            .build();
    ChromeDriver driver = new ChromeDriver(service, options);
    driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
    return new Browser(driver);
  }

  private static Optional<File> onPath(String... names) {
    return Stream.of(names)
        .flatMap(
            name ->
                Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                    .map(folder -> new File(folder, name)))
        .filter(File::canExecute)
        .findFirst();
  }

  /** Opens a page in a window of this size. */
  Browser show(Path page, int width, int height, boolean phone, boolean dark) {
    look(width, height, phone, dark);
    driver.get(page.toUri().toString());
    return this;
  }

  private void look(int width, int height, boolean phone, boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width", width, "height", height, "deviceScaleFactor", phone ? 2 : 1, "mobile", phone));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** What an expression of the page says. */
  Object ask(String expression) {
    return Objects.requireNonNull(driver.executeScript("return " + expression), expression);
  }

  String text(String expression) {
    return (String) ask(expression);
  }

  long number(String expression) {
    return ((Number) ask(expression)).longValue();
  }

  List<?> list(String expression) {
    return (List<?>) ask(expression);
  }

  /** Opens what can be opened. */
  void open(String element) {
    driver.executeScript("document.querySelector(arguments[0]).open = true", element);
  }

  /** Types a key, wherever the focus is. */
  void press(Keys key) {
    new Actions(driver).sendKeys(key).perform();
  }

  /** Waits until an expression is true, for things that move smoothly. */
  void await(String expression) {
    driver.executeAsyncScript(
        """
        const done = arguments[arguments.length - 1];
        const look = () => (%s) ? done() : requestAnimationFrame(look);
        look();
        """
            .formatted(expression));
  }

  /** What axe-core finds wrong for people with disabilities, as rule and element. */
  List<String> accessibilityProblems() {
    driver.executeScript(axe());
    return ((List<?>)
            driver.executeAsyncScript(
                """
                const done = arguments[arguments.length - 1];
                axe.run().then(r => done(r.violations.flatMap(
                    v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 200) + ' ' + n.failureSummary))));
                """))
        .stream().map(String::valueOf).toList();
  }

  private static String axe() {
    try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
      return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything on the console since the last time, violations of the page's own policy too. */
  List<String> console() {
    return StreamSupport.stream(driver.manage().logs().get(LogType.BROWSER).spliterator(), false)
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Leaves a picture of the whole page. */
  void picture(String name) {
    Map<String, Object> whole =
        Map.of(
            "x", 0,
            "y", 0,
            "width", ask("document.documentElement.scrollWidth"),
            "height", ask("document.documentElement.scrollHeight"),
            "scale", 1);
    Map<String, Object> answer =
        driver.executeCdpCommand(
            "Page.captureScreenshot",
            Map.of("captureBeyondViewport", true, "format", "png", "clip", whole));
    keep(name + ".png", answer);
  }

  /**
   * Prints as the dialogue of the browser does. A busy machine lets the browser's printing service
   * fail for no reason of the page; it gets two more tries, and the page must print in one of them.
   */
  byte[] print(String name, double widthMillimetres, double heightMillimetres) {
    Map<String, Object> paper =
        Map.of(
            "paperWidth",
            widthMillimetres / MILLIMETRES,
            "paperHeight",
            heightMillimetres / MILLIMETRES,
            "printBackground",
            false,
            "preferCSSPageSize",
            false);
    for (int tries = 1; ; tries++) {
      try {
        return keep(name + ".pdf", driver.executeCdpCommand("Page.printToPDF", paper));
      } catch (WebDriverException e) {
        if (tries == PRINT_TRIES || !String.valueOf(e.getMessage()).contains("Printing failed")) {
          throw e;
        }
        driver.navigate().refresh();
      }
    }
  }

  private static byte[] keep(String name, Map<String, Object> answer) {
    byte[] bytes = Base64.getDecoder().decode((String) answer.get("data"));
    try {
      Files.createDirectories(PICTURES);
      Files.write(PICTURES.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes;
  }

  @Override
  public void close() {
    driver.quit();
  }
}
