package dev.hahn.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order of the packages: each uses only those before it in {@link #ORDER}. */
class ArchitectureTest {
  private static final List<String> ORDER =
      List.of(
          "math",
          "spin",
          "sim",
          "data",
          "meanfield",
          "score",
          "limits",
          "fit",
          "learn",
          "posterior",
          "report",
          "cli");

  private static final JavaClasses HAHN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.hahn");

  @Test
  void packagesUseOnlyThoseBelowThem() {
    var layers = layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (String name : ORDER) {
      layers = layers.layer(name).definedBy("dev.hahn." + name + "..");
    }
    for (int i = 0; i < ORDER.size(); i++) {
      String[] above = ORDER.subList(i + 1, ORDER.size()).toArray(String[]::new);
      layers =
          above.length == 0
              ? layers.whereLayer(ORDER.get(i)).mayNotBeAccessedByAnyLayer()
              : layers.whereLayer(ORDER.get(i)).mayOnlyBeAccessedByLayers(above);
    }
    layers.check(HAHN);
  }

  @Test
  void onlyMathTouchesTheVectorApi() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.hahn.math..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..")
        .check(HAHN);
  }

  @Test
  void theLibraryNeverPrints() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.hahn.cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(HAHN);
  }

  @Test
  void everyClassLiesInAPackageOfTheOrder() {
    classes()
        .should()
        .resideInAnyPackage(
            java.util.stream.Stream.concat(
                    java.util.stream.Stream.of("dev.hahn"),
                    ORDER.stream().map(name -> "dev.hahn." + name + ".."))
                .toArray(String[]::new))
        .check(HAHN);
  }
}
