package edu.cumc.aou.sync.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A configuration file as written, not yet resolved.
 *
 * <p>Errors name the file and the line. They never quote its text, which may be a password.
 * Immutable.
 */
public final class ConfigFile {

  private static final String CLASSPATH = "classpath:";
  private static final String NONE = "no configuration file";
  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{\\??[A-Za-z0-9_.\\-]+}");

  private final String name;
  private final Config config;

  private ConfigFile(String name, Config config) {
    this.name = name;
    this.config = config;
  }

  /** No file: all settings come from the environment and the defaults. */
  public static ConfigFile none() {
    return new ConfigFile(NONE, ConfigFactory.empty());
  }

  /** Whether this is {@link #none}. */
  public boolean isNone() {
    return name.equals(NONE);
  }

  /**
   * Reads a file, or a resource named {@code classpath:NAME}.
   *
   * @param location a path, relative to {@code directory} unless absolute
   * @throws SyncException CONFIG if it does not exist, is not readable, or is not HOCON
   */
  public static ConfigFile read(String location, Path directory) {
    if (location.startsWith(CLASSPATH)) {
      return readResource(location, location.substring(CLASSPATH.length()));
    }
    Path file = resolved(location, directory);
    if (!Files.isRegularFile(file)) {
      throw new SyncException(
          FailureKind.CONFIG,
          "configuration: "
              + (Files.isDirectory(file) ? "a directory, and no file, is at " : "there is no file ")
              + location
              + "; correct --config or "
              + EnvironmentVariables.CONFIG_FILE);
    }
    requireUtf8(location, file);
    try {
      return new ConfigFile(location, ConfigFactory.parseFile(file.toFile(), hocon()));
    } catch (ConfigException e) {
      throw unreadable(location, e);
    }
  }

  /** Files may include others. */
  private static void addFiles(ConfigValue value, Set<String> files) {
    if (value.origin().filename() != null) {
      files.add(value.origin().filename());
    }
    if (value instanceof ConfigObject object) {
      object.values().forEach(v -> addFiles(v, files));
    } else if (value instanceof ConfigList list) {
      list.forEach(v -> addFiles(v, files));
    }
  }

  private static Path resolved(String location, Path directory) {
    try {
      return directory.resolve(location);
    } catch (InvalidPathException e) {
      throw new SyncException(
          FailureKind.CONFIG,
          "configuration: the path "
              + location
              + " has characters that file names cannot have in this locale; run with"
              + " LC_ALL=C.UTF-8, or correct --config or "
              + EnvironmentVariables.CONFIG_FILE);
    }
  }

  /** The parser would replace what it cannot decode, even within a password. */
  private static void requireUtf8(String location, Path file) {
    ByteBuffer bytes;
    try {
      bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    } catch (IOException e) {
      throw notReadable(location);
    }
    CharBuffer text = CharBuffer.allocate(bytes.remaining());
    if (StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true).isError()) {
      long line = 1 + text.flip().chars().filter(c -> c == '\n').count();
      throw new SyncException(
          FailureKind.CONFIG,
          "configuration: "
              + location
              + ":"
              + line
              + ": this is not UTF-8; save the file in that encoding");
    }
  }

  private static ConfigFile readResource(String location, String resource) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    @Nullable ClassLoader loader = context == null ? ConfigFile.class.getClassLoader() : context;
    if (loader == null || loader.getResource(resource) == null) {
      throw new SyncException(
          FailureKind.CONFIG,
          "configuration: there is no resource "
              + resource
              + " on the class path; correct "
              + EnvironmentVariables.CONFIG_FILE);
    }
    try {
      return new ConfigFile(location, ConfigFactory.parseResources(loader, resource, hocon()));
    } catch (ConfigException e) {
      throw unreadable(location, e);
    }
  }

  private static ConfigParseOptions hocon() {
    return ConfigParseOptions.defaults().setAllowMissing(false).setSyntax(ConfigSyntax.CONF);
  }

  /** The name that people use: as they gave it. */
  public String name() {
    return name;
  }

  /**
   * Lays the environment over the file and the file over the defaults, and resolves {@code
   * ${NAME}}, which may name an environment variable.
   *
   * @throws SyncException CONFIG if a substitution leads nowhere
   */
  public Config resolve(Map<String, String> environment, Config defaults) {
    Config layered =
        EnvironmentVariables.asConfig(environment).withFallback(config).withFallback(defaults);
    Config variables = ConfigValueFactory.fromMap(environment, "environment").toConfig();
    try {
      // resolveWith() would not find references to other settings
      ConfigObject resolved =
          layered.withFallback(variables).resolve(ConfigResolveOptions.noSystem()).root();
      for (String key : Set.copyOf(resolved.keySet())) {
        if (!layered.root().containsKey(key)) {
          resolved = resolved.withoutKey(key);
        }
      }
      Set<String> files = new TreeSet<>();
      addFiles(resolved, files);
      files.stream()
          .map(Path::of)
          .filter(Files::isRegularFile)
          .forEach(file -> requireUtf8(String.valueOf(file.getFileName()), file));
      return resolved.toConfig();
    } catch (ConfigException.UnresolvedSubstitution e) {
      Matcher substitution = SUBSTITUTION.matcher(String.valueOf(e.getMessage()));
      String what = substitution.find() ? substitution.group() : "a substitution";
      throw new SyncException(
          FailureKind.CONFIG,
          "configuration: "
              + place(name, e)
              + ": "
              + what
              + " leads to no setting and no environment variable; set it, or write ${?NAME} where it"
              + " may be absent");
    } catch (ConfigException e) {
      throw unreadable(name, e);
    }
  }

  private static SyncException unreadable(String location, ConfigException e) {
    if (e instanceof ConfigException.IO) {
      return notReadable(location);
    }
    return new SyncException(
        FailureKind.CONFIG,
        "configuration: " + place(location, e) + ": this is not valid HOCON; " + reason(e));
  }

  /** The parser's message quotes the line, so we look at it and drop it. */
  private static String reason(ConfigException e) {
    String text = String.valueOf(e.getMessage());
    if (text.contains("unescaped newline")) {
      return "a text in quotes does not end on its line; add the quote that ends it";
    }
    if (text.contains("unescaped")) {
      return "a text in quotes holds a tab or another control character; take it away";
    }
    return text.contains("backslash") || text.contains("'\\'")
        ? "a backslash begins an escape in quotes, and may not stand outside: write two in quotes"
            + " (\"host\\\\SQLEXPRESS\"), or / in a path (\"C:/keys/sf.pem\")"
        : "look for a missing quote, brace or comma at or before it";
  }

  private static SyncException notReadable(String location) {
    return new SyncException(
        FailureKind.CONFIG,
        "configuration: " + location + " cannot be read; check its permissions");
  }

  private static String place(String location, ConfigException e) {
    @Nullable ConfigOrigin origin = e.origin();
    if (origin == null || origin.lineNumber() <= 0) {
      return location;
    }
    @Nullable String file = origin.filename();
    String name = file == null ? "" : String.valueOf(Path.of(file).getFileName());
    boolean isIncluded = !name.isEmpty() && !location.endsWith(name);
    return (isIncluded ? name + ", which " + location + " includes, line " : location + ":")
        + origin.lineNumber();
  }
}
