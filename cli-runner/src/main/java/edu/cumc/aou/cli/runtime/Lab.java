package edu.cumc.aou.cli.runtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The part of the program for trying things out: a simulated org, invented people, and the demo of
 * both. It has its own jar, so that the nightly program holds neither a server nor a generator.
 * Each method returns the exit code of its command, and throws {@link IllegalArgumentException} for
 * wrong usage, with a message for the person who typed it.
 */
public interface Lab {

  /** What the program gives to the lab. */
  interface Host {
    World world();

    /** Takes results before the end. */
    PrintStream out();

    /** Errors and progress. */
    PrintStream err();

    /** Whether stdout must hold exactly one document. */
    boolean json();

    /** Prints the result: the document if JSON was requested, else the lines. */
    void print(ObjectNode document, List<String> lines);
  }

  /**
   * The invented people.
   *
   * @param day the day of their lives, from 1
   * @param dirty whether to plant malformed and duplicate rows among them
   */
  record People(int participants, int day, long seed, boolean dirty) {}

  /**
   * A simulated org to serve.
   *
   * @param port where to listen, 0 for any free port
   * @param directory where it keeps its records; empty to drop them at the end
   * @param faults lines that say what goes wrong
   * @param faultFile a file of such lines
   * @param certificate of the connected app, for logins by JWT
   * @param statePicklists whether addresses only accept listed places
   * @param schema a file of objects, fields and rules
   * @param tls whether to encrypt connections
   * @param log whether to report each request on stderr
   * @param logValues whether the page shows the content of requests
   */
  record Serving(
      int port,
      Optional<Path> directory,
      List<String> faults,
      Optional<Path> faultFile,
      Optional<Path> certificate,
      boolean statePicklists,
      Optional<Path> schema,
      boolean tls,
      boolean log,
      boolean logValues) {
    public Serving {
      faults = List.copyOf(faults);
    }
  }

  /**
   * Runs some mornings.
   *
   * @param directory where the demo keeps its files, as typed
   */
  int demo(Host host, People people, int days, Path directory);

  /** Fills a source, or moves its people on by a day. */
  int generate(Host host, People people, String jdbcUrl, String user, String password);

  /** Serves an org until the program is stopped. */
  int serve(Host host, Serving serving);

  /** Lists the faults. */
  int listFaults(Host host);
}
