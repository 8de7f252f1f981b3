namespace Cluster.Cases.Assignment.Calibration;

/// <summary>
/// Fits days = base × (1 + Σ coefficient × factor). Errors grow with what is expected, so distances count relative to it; what is far off counts less (Huber), so that a
/// forgotten file does not decide. Coefficients are not negative, and are drawn towards those in force by a ridge: as many cases of evidence as it takes
/// to leave them. Bases in days per case; those of groups with few cases keep their proportion.
/// </summary>
internal sealed class Fit
{
    public const int Fewest = 30;

    private const int Rounds = 15;
    private const int Sweeps = 200;
    private const double Huber = 1.345;

    private readonly Design _design;
    private readonly int[] _training;
    private readonly double[] _relative;

    private Fit(Design design, int[] training, bool coefficients, double ridge)
    {
        _design = design;
        _training = training;
        Coefficients = [.. design.InForce];
        Bases = new double[design.Groups.Length];
        _relative = new double[training.Length];
        var fitted = coefficients ? Fitted() : [];
        var ofGroup = new int[design.Groups.Length];
        foreach (var i in training) ofGroup[design.GroupAt[i]]++;
        var scale = Median([.. training.Select(i => design.Days[i] / (design.Bases[design.GroupAt[i]] * Factor(i)))]);
        for (var g = 0; g < Bases.Length; g++) Bases[g] = scale * design.Bases[g];
        for (var round = 0; round < Rounds; round++)
        {
            var weights = Weigh();
            var moved = FitBases(weights, ofGroup, each: coefficients);
            if (fitted.Length > 0) moved = Math.Max(moved, FitCoefficients(weights, fitted, ridge));
            if (moved < 1e-4) break;
        }
    }

    /// <summary>Days of a case without any factor, by group.</summary>
    public double[] Bases { get; }

    public double[] Coefficients { get; }

    /// <summary>All that the cases tell of.</summary>
    public static Fit Of(Design design, int[] training, double ridge) => new(design, training, coefficients: true, ridge);

    /// <summary>The table in force, with nothing found but how many days a weight of 1 takes.</summary>
    public static Fit InForce(Design design, int[] training) => new(design, training, coefficients: false, 0);

    public double Predict(int i) => Bases[_design.GroupAt[i]] * Factor(i);

    private double Factor(int i) => 1 + Design.Sum(_design.Factors[i], Coefficients);

    // Of what hardly ever occurs the table in force knows more.
    private int[] Fitted() => [.. _design.Telling(_training).Index().Where(t => t.Item >= Fewest).Select(t => t.Index)];

    private double[] Weigh()
    {
        for (var n = 0; n < _training.Length; n++) _relative[n] = (_design.Days[_training[n]] / Predict(_training[n])) - 1;
        var spread = Math.Max(1e-9, 1.4826 * Median([.. _relative.Select(Math.Abs)]));
        var weights = new double[_training.Length];
        for (var n = 0; n < weights.Length; n++)
        {
            var expected = Predict(_training[n]);
            weights[n] = Math.Min(1, Huber * spread / Math.Max(1e-12, Math.Abs(_relative[n]))) / (expected * expected);
        }

        return weights;
    }

    /// <returns>The greatest relative change.</returns>
    private double FitBases(double[] weights, int[] ofGroup, bool each)
    {
        var above = new double[Bases.Length];
        var below = new double[Bases.Length];
        var (all, allBelow) = (0.0, 0.0);
        for (var n = 0; n < weights.Length; n++)
        {
            var i = _training[n];
            var (g, factor) = (_design.GroupAt[i], Factor(i));
            above[g] += weights[n] * _design.Days[i] * factor;
            below[g] += weights[n] * factor * factor;
            all += weights[n] * _design.Days[i] * factor * _design.Bases[g];
            allBelow += weights[n] * factor * factor * _design.Bases[g] * _design.Bases[g];
        }

        var (scale, moved) = (all / allBelow, 0.0);
        for (var g = 0; g < Bases.Length; g++)
        {
            var found = each && ofGroup[g] >= Fewest ? above[g] / below[g] : scale * _design.Bases[g];
            moved = Math.Max(moved, Math.Abs((found / Bases[g]) - 1));
            Bases[g] = found;
        }

        return moved;
    }

    /// <summary>
    /// Weighted least squares under the ridge, none below zero, coordinate by coordinate until nothing moves. The scale of all bases is found with the coefficients: one by
    /// one they would creep.
    /// </summary>
    /// <returns>The greatest change.</returns>
    private double FitCoefficients(double[] weights, int[] fitted, double ridge)
    {
        var size = fitted.Length + 1; // the scale is the first
        var (gram, right) = Normal(weights, fitted);
        for (var k = 1; k < size; k++)
        {
            var towards = _design.InForce[fitted[k - 1]];
            gram[0, 0] += ridge * towards * towards;
            gram[0, k] -= ridge * towards;
            gram[k, 0] -= ridge * towards;
            gram[k, k] += ridge;
        }

        double[] found = [1, .. fitted.Select(k => Coefficients[k])];
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var moved = 0.0;
            for (var k = 0; k < size; k++)
            {
                var value = right[k];
                for (var j = 0; j < size; j++)
                {
                    if (j != k) value -= gram[k, j] * found[j];
                }

                value = Math.Max(k == 0 ? 1e-3 : 0, value / gram[k, k]);
                moved = Math.Max(moved, Math.Abs(value - found[k]));
                found[k] = value;
            }

            if (moved < 1e-7) break;
        }

        var change = Math.Abs(found[0] - 1);
        for (var g = 0; g < Bases.Length; g++) Bases[g] *= found[0];
        for (var k = 1; k < size; k++)
        {
            change = Math.Max(change, Math.Abs((found[k] / found[0]) - Coefficients[fitted[k - 1]]));
            Coefficients[fitted[k - 1]] = found[k] / found[0];
        }

        return change;
    }

    /// <summary>The normal equations of days = scale × base × (1 + what is not fitted) + Σ coefficient × base × factor.</summary>
    private (double[,] Gram, double[] Right) Normal(double[] weights, int[] fitted)
    {
        var gram = new double[fitted.Length + 1, fitted.Length + 1];
        var right = new double[fitted.Length + 1];
        var place = new int[Coefficients.Length];
        for (var k = 0; k < fitted.Length; k++) place[fitted[k]] = k + 1;
        var columns = new List<(int Place, double Value)>();
        for (var n = 0; n < weights.Length; n++)
        {
            var i = _training[n];
            var of = Bases[_design.GroupAt[i]];
            columns.Clear();
            var rest = of;
            foreach (var (k, value) in _design.Factors[i])
            {
                if (place[k] > 0) columns.Add((place[k], of * value));
                else rest += of * value * Coefficients[k];
            }

            columns.Add((0, rest));
            foreach (var (k, value) in columns)
            {
                right[k] += weights[n] * value * _design.Days[i];
                foreach (var (j, other) in columns) gram[k, j] += weights[n] * value * other;
            }
        }

        return (gram, right);
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values.Length == 0 ? 0 : values[values.Length / 2];
    }
}
