package edu.cumc.aou.cli.lab;

import edu.cumc.aou.cli.demo.Demo;
import edu.cumc.aou.cli.demo.DemoOutcome;
import edu.cumc.aou.cli.demo.DemoText;
import edu.cumc.aou.cli.demo.PeopleText;
import edu.cumc.aou.cli.print.JsonText;
import edu.cumc.aou.cli.runtime.Lab;
import edu.cumc.aou.simulator.salesforce.fault.NamedFault;
import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import edu.cumc.aou.simulator.source.SourceOptions;
import edu.cumc.aou.simulator.source.SourceSimulator;
import edu.cumc.aou.simulator.source.SourceSimulatorException;
import edu.cumc.aou.simulator.source.SourceSummary;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/** The lab, as the program finds it. */
public final class Laboratory implements Lab {

  /** The port where a demo's configuration expects the simulator. */
  private static final int DEFAULT_PORT = 8765;

  /** The program calls this. */
  public Laboratory() {}

  @Override
  public int demo(Host host, People people, int days, Path directory) {
    SourceOptions options = options(people);
    if (days < 1 || days > SourceOptions.MAX_DAY) {
      throw new IllegalArgumentException("--days must be from 1 to " + SourceOptions.MAX_DAY);
    }
    return told(
        () -> {
          Path path = host.world().directory().resolve(directory).normalize();
          Demo demo = new Demo(options, days, path, host.world(), DEFAULT_PORT);
          Optional<DemoOutcome> outcome =
              demo.run(
                  day -> {
                    if (!host.json()) {
                      DemoText.day(day).forEach(host.out()::println);
                      host.out().flush();
                    }
                  });
          if (outcome.isEmpty()) {
            return stopped(host);
          }
          host.print(
              DemoText.document(outcome.get()), DemoText.end(outcome.get(), options, directory));
          return outcome.get().isSound() ? 0 : FailureKind.BUG.exitCode();
        });
  }

  private static int stopped(Host host) {
    host.err().println("aou-sync: a guard stopped the demo; try other --participants or days");
    if (host.json()) {
      host.print(JsonText.object().put("exitCode", FailureKind.GUARDED.exitCode()), List.of());
    }
    return FailureKind.GUARDED.exitCode();
  }

  @Override
  public int generate(Host host, People people, String jdbcUrl, String user, String password) {
    SourceOptions options = options(people);
    return told(
        () -> {
          try (SourceSimulator source = SourceSimulator.open(jdbcUrl, user, password)) {
            SourceSummary summary = source.load(options);
            String fingerprint = source.fingerprint();
            List<String> lines = new ArrayList<>(PeopleText.lines(summary, people.day()));
            lines.add("Fingerprint: " + fingerprint);
            host.print(
                PeopleText.document(summary, people.day()).put("fingerprint", fingerprint), lines);
            return 0;
          }
        });
  }

  private static SourceOptions options(People people) {
    return new SourceOptions(people.seed(), people.participants(), people.day(), people.dirty());
  }

  @Override
  public int serve(Host host, Serving serving) {
    return told(() -> new Service(host).serve(serving));
  }

  @Override
  public int listFaults(Host host) {
    host.print(SimulatorText.faults(NamedFault.all()), SimulatorText.faultLines(NamedFault.all()));
    return 0;
  }

  /** Errors of the simulators are meant for the person who runs them. */
  private static int told(IntSupplier work) {
    try {
      return work.getAsInt();
    } catch (SalesforceSimulatorException | SourceSimulatorException e) {
      throw new SyncException(FailureKind.CONFIG, String.valueOf(e.getMessage()), e);
    }
  }
}
