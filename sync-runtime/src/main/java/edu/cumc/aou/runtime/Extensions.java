package edu.cumc.aou.runtime;

import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.mapping.OwnTransform;
import edu.cumc.aou.sync.mapping.OwnTransforms;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.jar.JarFile;

/** Finds a site's own transforms: among the classes of the program, and in its jars. */
final class Extensions {

  private static final String SETTING = "extensions";

  private Extensions() {}

  /** Finds them; what is wrong with the jars goes to the section's problems. */
  static OwnTransforms read(ConfigSection root) {
    List<Path> jars = new ArrayList<>();
    for (String name : root.texts(SETTING)) {
      Optional<Path> jar = jar(name);
      if (jar.isEmpty()) {
        root.problem(SETTING, "names a jar that is not there; correct the path, or take it out");
      } else if (!isJar(jar.get())) {
        root.problem(
            SETTING,
            "names a file that is no jar, or that the program may not read; correct the path, build"
                + " the jar again, or take it out");
      } else {
        jars.add(jar.get());
      }
    }
    if (!jars.isEmpty() && jars.stream().noneMatch(Extensions::hasTransforms)) {
      root.problem(
          SETTING,
          "names no jar with a transform; name the class in META-INF/services/"
              + OwnTransform.class.getName()
              + " of its jar");
    }
    Map<String, OwnTransforms.Found> byName = new TreeMap<>();
    try {
      for (OwnTransform transform : ServiceLoader.load(OwnTransform.class, loader(jars))) {
        String name = name(transform);
        OwnTransforms.Found found = new OwnTransforms.Found(transform, origin(transform));
        if (name.isEmpty()) {
          root.problem(
              SETTING,
              "the transform "
                  + transform.getClass().getSimpleName()
                  + " says no name; mend its method name()");
        } else if (byName.putIfAbsent(name, found) != null) {
          root.problem(SETTING, "two transforms have the name " + name + "; take one of them out");
        }
      }
    } catch (ServiceConfigurationError | LinkageError e) {
      root.problem(
          SETTING,
          "a transform cannot be loaded ("
              + e.getClass().getSimpleName()
              + "); build its jar against this version of sync-core, for the Java that runs it, and"
              + " name the class in META-INF/services/"
              + OwnTransform.class.getName());
    }
    return new OwnTransforms(byName);
  }

  /** Empty text where the site's class gives none. */
  private static String name(OwnTransform transform) {
    try {
      return Objects.requireNonNullElse(transform.name(), "").strip();
    } catch (RuntimeException e) {
      return "";
    }
  }

  private static Optional<Path> jar(String name) {
    try {
      return Optional.of(Path.of(name)).filter(Files::isRegularFile);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static boolean isJar(Path file) {
    try (JarFile jar = new JarFile(file.toFile())) {
      return jar.size() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Other jars may hold what a transform needs. */
  private static boolean hasTransforms(Path file) {
    try (JarFile jar = new JarFile(file.toFile())) {
      return jar.getEntry("META-INF/services/" + OwnTransform.class.getName()) != null;
    } catch (IOException e) {
      return false;
    }
  }

  /** Stays open as long as the program runs. */
  private static ClassLoader loader(List<Path> jars) {
    ClassLoader own = Extensions.class.getClassLoader();
    return jars.isEmpty()
        ? own
        : new URLClassLoader(jars.stream().map(Extensions::url).toArray(URL[]::new), own);
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("a file has a URL", e);
    }
  }

  private static String origin(OwnTransform transform) {
    CodeSource source = transform.getClass().getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return "";
    }
    try {
      Path file = Path.of(source.getLocation().toURI());
      return Files.isRegularFile(file)
          ? HexFormat.of()
              .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)))
          : "";
    } catch (URISyntaxException | IllegalArgumentException | IOException e) {
      return "";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
