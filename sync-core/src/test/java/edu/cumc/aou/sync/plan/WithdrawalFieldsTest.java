package edu.cumc.aou.sync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.mapping.BoundMapping;
import edu.cumc.aou.sync.mapping.FieldPolicy;
import edu.cumc.aou.sync.mapping.Mapping;
import edu.cumc.aou.sync.mapping.SourceReading;
import edu.cumc.aou.sync.model.Cells;
import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.ObjectInfo;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.port.SourceFixtures;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WithdrawalFieldsTest {

  private static final FieldName STATUS = new FieldName("Status");
  private static final FieldName DAY = new FieldName("Day");

  /** Fields that only fill; the settings spell them in another case than Salesforce does. */
  private static WithdrawalFields fields(String... statusColumns) {
    ConfigProblems problems = new ConfigProblems();
    List<BoundField> journey =
        Mapping.read(
                ConfigSection.root(
                    ConfigFactory.parseString(
                        "Status { column = withdrawn }\nDay { column = day }\nNote { column = n }"),
                    problems),
                "fields",
                FieldPolicy.FILL_ONLY)
            .bind(
                SourceFixtures.textColumns(
                    SourceRelation.JOURNEYS, List.of("withdrawn", "day", "n")),
                new ObjectInfo(
                    "Opportunity", true, true, List.of(info("Status"), info("Day"), info("Note"))),
                new SourceReading(Cells.plain(), ZoneOffset.UTC, ZoneOffset.UTC),
                problems);
    problems.throwIfAny();
    return WithdrawalFields.of(
        new BoundMapping(info("HP_PMI_ID__c"), List.of(), journey),
        Set.of("status", "DAY"),
        List.of(statusColumns));
  }

  private static FieldInfo info(String name) {
    return new FieldInfo(
        new FieldName(name), FieldKind.TEXT, 18, true, true, false, false, false, false, Set.of());
  }

  @Test
  void all_areTheNamedOnes() {
    assertThat(fields("withdrawn").all()).extracting(BoundField::name).containsExactly(DAY, STATUS);
  }

  @Test
  void telling_isWhatAStatusColumnFeeds_andOtherwiseEveryField() {
    assertThat(fields("WITHDRAWN").telling()).containsExactly(STATUS);
    assertThat(fields("elsewhere").telling()).containsExactlyInAnyOrder(STATUS, DAY);
  }

  @Test
  void fieldThatTells_isOverwritten_thoughItsPolicyOnlyFills_andTheDayIsNot() {
    assertThat(fields("withdrawn").all())
        .extracting(BoundField::policy)
        .containsExactly(FieldPolicy.FILL_ONLY, FieldPolicy.NEVER_CLEAR);
  }
}
