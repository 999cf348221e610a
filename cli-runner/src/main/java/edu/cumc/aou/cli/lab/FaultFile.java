package edu.cumc.aou.cli.lab;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import edu.cumc.aou.simulator.salesforce.fault.DeclaredFault;
import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the faults in a file, as lines or as objects. */
final class FaultFile {

  private static final String LIST = "faults";

  private FaultFile() {}

  /**
   * Reads the file.
   *
   * @throws SyncException CONFIG if it cannot be read, or a fault in it cannot be understood
   */
  static List<DeclaredFault> read(Path file) {
    List<DeclaredFault> faults = new ArrayList<>();
    ConfigList list = list(file);
    for (int i = 0; i < list.size(); i++) {
      faults.add(fault("fault " + (i + 1) + ": ", list.get(i)));
    }
    return faults;
  }

  private static ConfigList list(Path file) {
    try {
      Config config =
          ConfigFactory.parseString(
                  Files.readString(file),
                  ConfigParseOptions.defaults().setOriginDescription("the file"))
              .resolve();
      for (String key : config.root().keySet()) {
        if (!key.equals(LIST)) {
          throw problem("'" + key + "' is unknown; the file holds one list: " + LIST + " = [ … ]");
        }
      }
      return config.getList(LIST);
    } catch (IOException e) {
      throw problem("the file cannot be read; check its name and permissions");
    } catch (ConfigException.Missing e) {
      throw problem("the list is missing: " + LIST + " = [ … ]");
    } catch (ConfigException e) {
      throw problem("the file is not HOCON, or " + LIST + " is not a list: " + e.getMessage());
    }
  }

  private static DeclaredFault fault(String which, ConfigValue value) {
    try {
      if (value.valueType() == ConfigValueType.STRING) {
        return DeclaredFault.parse(value.unwrapped().toString());
      } else if (value instanceof ConfigObject object) {
        Map<String, String> settings = new TreeMap<>();
        object.forEach((name, setting) -> settings.put(name, String.valueOf(setting.unwrapped())));
        return DeclaredFault.of(settings);
      }
    } catch (SalesforceSimulatorException e) {
      throw problem(which + e.getMessage());
    }
    throw problem(
        which + "neither a line such as \"html on GET /query\" nor an object with fault and on");
  }

  private static SyncException problem(String what) {
    return new SyncException(FailureKind.CONFIG, "--faults: " + what);
  }
}
