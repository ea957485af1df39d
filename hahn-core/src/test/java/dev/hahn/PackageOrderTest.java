package dev.hahn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A package uses only those before it in the list, and the Vector API stays in one place. */
class PackageOrderTest {
  private static final List<String> ORDER =
      List.of("math", "spin", "sim", "data", "meanfield", "score");
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.hahn");

  private static String name(String shortName) {
    return "dev.hahn." + shortName;
  }

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Stream.of("dev.hahn"), ORDER.stream().map(PackageOrderTest::name))
                .toList());
  }

  @Test
  void packagesUseOnlyThoseBeforeThem() {
    for (int i = 0; i < ORDER.size(); i++) {
      String[] later =
          ORDER.subList(i + 1, ORDER.size()).stream()
              .map(PackageOrderTest::name)
              .toArray(String[]::new);
      if (later.length > 0) {
        noClasses()
            .that()
            .resideInAPackage(name(ORDER.get(i)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(later)
            .check(CLASSES);
      }
    }
    classes()
        .that()
        .resideInAPackage("dev.hahn")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.hahn", "java..", "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void onlyMathTouchesTheVectorApi() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.hahn.math")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..")
        .check(CLASSES);
  }

  @Test
  void onlyDataReadsFilesOrKnowsTheFileFormats() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.hahn.data")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.jhdf..", "com.fasterxml..", "java.nio.file..", "java.io..")
        .check(CLASSES);
  }

  @Test
  void theLibraryNeverPrints() {
    noClasses().should().accessField(System.class, "out").check(CLASSES);
    noClasses().should().accessField(System.class, "err").check(CLASSES);
  }
}
