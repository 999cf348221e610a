package edu.cumc.aou.cli.runtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The part of the program for trying things out: a simulated org, invented people, and the demo of
 * both. It is a jar of its own, so that what runs at night holds neither a server nor a generator.
 * Each method gives the exit code of its command, and throws {@link IllegalArgumentException} for
 * what makes no sense, with a message for the person who typed it.
 */
public interface Lab {

  /** What the lab gets from the program. */
  interface Host {
    World world();

    /** Results that come before the end. */
    PrintStream out();

    /** Errors and progress. */
    PrintStream err();

    /** Whether stdout is to hold one document. */
    boolean json();

    /** Gives the result: the document if JSON was asked for, else the lines. */
    void print(ObjectNode document, List<String> lines);
  }

  /**
   * Who the invented people are.
   *
   * @param day the day of their lives, from 1
   * @param dirty whether malformed and duplicate rows are planted among them
   */
  record People(int participants, int day, long seed, boolean dirty) {}

  /**
   * A simulated org to be served.
   *
   * @param port where to listen, 0 for any free port
   * @param directory where it keeps its records; empty if they are gone at the end
   * @param faults lines that say what goes wrong
   * @param faultFile a file of such lines
   * @param certificate of the connected app, for logins by JWT
   * @param statePicklists whether addresses take listed places only
   * @param schema a file of objects, fields and rules
   * @param tls whether connections are encrypted
   * @param log whether each request is told on stderr
   * @param logValues whether the page shows what requests held
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
   * Lives through some mornings.
   *
   * @param directory where the demo keeps its files, as it was typed
   */
  int demo(Host host, People people, int days, Path directory);

  /** Fills a source, or lets its people live on. */
  int generate(Host host, People people, String jdbcUrl, String user, String password);

  /** Serves an org until the program is stopped. */
  int serve(Host host, Serving serving);

  /** Shows which faults there are. */
  int listFaults(Host host);
}
