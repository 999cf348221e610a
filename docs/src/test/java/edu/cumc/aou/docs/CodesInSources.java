package edu.cumc.aou.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds in the sources of a module which codes the program gives. */
final class CodesInSources {

  /** In a pattern, stands for a code: a literal, or the name of a constant. */
  static final String CODE = "(?:\"(?<text>[^\"]+)\"|(?<name>[A-Za-z.]*\\b[A-Z][A-Z_]+)\\b)";

  private final Path sources;

  /** Reads the main code of a module, below one of its packages. */
  CodesInSources(String module, String rootPackage) {
    sources = Manual.ROOT.resolve(module + "/src/main/java/" + rootPackage.replace('.', '/'));
  }

  /** The codes that a pattern with {@link #CODE} finds in a package. */
  Set<String> given(String packageName, String pattern) {
    Set<String> codes = new TreeSet<>();
    for (Path file : files(sources.resolve(packageName), 1)) {
      Matcher matcher = Pattern.compile(pattern).matcher(text(file));
      while (matcher.find()) {
        String text = matcher.group("text");
        codes.add(text == null ? value(file, matcher.group("name")) : text);
      }
    }
    return codes;
  }

  /** All literals of a shape, also with a colon behind, in a package and those below it. */
  Set<String> literals(String packageName, String shape) {
    Pattern literal = Pattern.compile("\"(" + shape + "):?\"");
    return files(sources.resolve(packageName), Integer.MAX_VALUE).stream()
        .flatMap(f -> literal.matcher(text(f)).results())
        .map(r -> r.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private String value(Path user, String name) {
    int dot = name.lastIndexOf('.');
    List<Path> owners =
        dot < 0
            ? List.of(user)
            : files(sources, Integer.MAX_VALUE).stream()
                .filter(f -> f.endsWith(name.substring(0, dot) + ".java"))
                .toList();
    Pattern constant =
        Pattern.compile("String " + name.substring(dot + 1) + " = \"(?<text>[^\"]+)\"");
    return owners.stream()
        .flatMap(f -> constant.matcher(text(f)).results())
        .map(r -> r.group(1))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no constant " + name + " for " + user));
  }

  private static List<Path> files(Path directory, int depth) {
    try (Stream<Path> files = Files.walk(directory, depth)) {
      return files.filter(f -> f.toString().endsWith(".java")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file).replaceAll("\\s+", " ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
