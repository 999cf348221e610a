package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.SourceRelation;
import java.util.List;
import java.util.Optional;

/**
 * The columns that a relation of the source really has.
 *
 * @param names as the database spells them, in its order
 */
public record SourceColumns(SourceRelation relation, List<String> names) {

  public SourceColumns {
    names = List.copyOf(names);
  }

  /** Finds a column in any case and gives the database's spelling. */
  public Optional<String> find(String name) {
    return names.stream().filter(n -> n.equalsIgnoreCase(name)).findFirst();
  }
}
