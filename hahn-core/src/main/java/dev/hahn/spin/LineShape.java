package dev.hahn.spin;

import java.util.List;

/**
 * The density of spins over frequency, up to a factor, around the carrier nu0. Frequencies are
 * angular, in units of gamma.
 */
public sealed interface LineShape {

  /** Density at an offset nu - nu0 from the carrier; any factor, never negative. */
  double density(double offset);

  /**
   * Lorentzian.
   *
   * @param fwhm full width at half maximum, > 0
   */
  record Lorentzian(double fwhm) implements LineShape {
    public Lorentzian {
      Require.positive("Lorentzian full width", fwhm);
    }

    /** Normalised to area 1 over the whole axis. */
    @Override
    public double density(double offset) {
      double half = fwhm / 2;
      return half / (Math.PI * (offset * offset + half * half));
    }
  }

  /**
   * Gaussian.
   *
   * @param fwhm full width at half maximum, > 0
   */
  record Gaussian(double fwhm) implements LineShape {
    public Gaussian {
      Require.positive("Gaussian full width", fwhm);
    }

    /** Normalised to area 1 over the whole axis. */
    @Override
    public double density(double offset) {
      double sigma = fwhm / (2 * Math.sqrt(2 * Math.log(2)));
      double u = offset / sigma;
      return Math.exp(-0.5 * u * u) / (sigma * Math.sqrt(2 * Math.PI));
    }
  }

  /**
   * Voigt profile, the convolution of a Gaussian and a Lorentzian.
   *
   * @param gaussian full width at half maximum of the Gaussian, > 0
   * @param lorentzian full width at half maximum of the Lorentzian, > 0
   */
  record Voigt(double gaussian, double lorentzian) implements LineShape {
    public Voigt {
      Require.positive("Gaussian full width of a Voigt line", gaussian);
      Require.positive("Lorentzian full width of a Voigt line", lorentzian);
    }

    /**
     * Normalised to area 1 over the whole axis: Re w(z)/(sigma sqrt(2 pi)), w the Faddeeva
     * function.
     */
    @Override
    public double density(double offset) {
      double sigma = gaussian / (2 * Math.sqrt(2 * Math.log(2)));
      double scale = sigma * Math.sqrt(2);
      return Faddeeva.real(offset / scale, 0.5 * lorentzian / scale) / (scale * Math.sqrt(Math.PI));
    }
  }

  /**
   * A line read from a table, linearly interpolated, zero outside.
   *
   * @param offsets increasing offsets from the carrier
   * @param densities at the offsets, none negative, not all zero
   */
  record Table(List<Double> offsets, List<Double> densities) implements LineShape {
    public Table {
      offsets = List.copyOf(offsets);
      densities = List.copyOf(densities);
      if (offsets.size() < 2 || offsets.size() != densities.size()) {
        throw new IllegalArgumentException(
            "a line table needs at least two offsets and as many densities, found "
                + offsets.size()
                + " offsets and "
                + densities.size()
                + " densities");
      }
      double sum = 0;
      for (int i = 0; i < offsets.size(); i++) {
        Require.finite("line table offset", offsets.get(i));
        sum += Require.notNegative("line table density", densities.get(i));
        if (i > 0 && offsets.get(i) <= offsets.get(i - 1)) {
          throw new IllegalArgumentException(
              "line table offsets must increase, found "
                  + offsets.get(i)
                  + " after "
                  + offsets.get(i - 1));
        }
      }
      Require.positive("sum of the line table's densities", sum);
    }

    @Override
    public double density(double offset) {
      for (int i = 1; i < offsets.size(); i++) {
        double low = offsets.get(i - 1);
        double high = offsets.get(i);
        if (offset >= low && offset <= high) {
          return densities.get(i - 1)
              + (offset - low) / (high - low) * (densities.get(i) - densities.get(i - 1));
        }
      }
      return 0;
    }
  }
}
