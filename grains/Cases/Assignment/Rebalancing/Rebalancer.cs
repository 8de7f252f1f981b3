namespace Cluster.Cases.Assignment.Rebalancing;

/// <summary>
/// Proposes whom to give which cases, so that little weight lies in the wrong place and little of it is handed over. Pure; the same input gives the same proposal on every machine.
/// </summary>
/// <remarks>
/// The cases that must go to somebody else go first, the heaviest to whoever is then furthest below what is fair. Then the best single step is taken again and again, of all cases to all people and of all
/// exchanges of two cases, as long as it saves more than it costs; where none does, two steps of which the first alone would not, if there are not too many. That is not always the optimum; how near it comes is measured in the tests against trying everything.
/// </remarks>
public static class Rebalancer
{
    // Smaller differences come from the arithmetic of fractions.
    private const double Nothing = 1e-9;

    // Two steps in a row are tried of so many; beyond it a single one has to do.
    private const int MostSequences = 3_000_000;

    // Exchanges are tried of so many pairs of cases; beyond it steps of single cases have to do.
    private const int MostPairs = 2_000_000;

    public static RebalancingProposal Propose(RebalancingInput input)
    {
        var plan = new Plan(input);
        var before = plan.Misplaced;
        var stranded = plan.Evacuate();
        while (plan.Next() is { } steps)
        {
            foreach (var step in steps) plan.Take(step);
        }
        return new(plan.Moves(), stranded, before, plan.Misplaced, plan.Handover);
    }

    private readonly record struct Step(int Case, int To, int Other, int OtherTo, double Saves, double Evens);

    private sealed class Plan
    {
        private readonly RebalancingInput _input;
        private readonly Carrier[] _carriers;
        private readonly CarriedCase[] _cases;
        private readonly int[] _origin;
        private readonly int[] _at;
        private readonly double[] _carried;
        private readonly double[] _fair;
        private readonly HashSet<int>[] _barred;
        private readonly List<int> _movable;
        private int _counted;

        public Plan(RebalancingInput input)
        {
            _input = input;
            _carriers = [.. input.Carriers.OrderBy(c => c.Id, StringComparer.Ordinal)];
            _cases = [.. input.Cases.OrderBy(c => c.Id, StringComparer.Ordinal)];
            var places = _carriers.Select((c, i) => (c.Id, i)).ToDictionary(c => c.Id, c => c.i, StringComparer.Ordinal);
            _origin = [.. _cases.Select(c => places[c.Carrier])];
            _at = [.. _origin];
            _barred = [.. _cases.Select(c => c.Barred.Where(places.ContainsKey).Select(b => places[b]).ToHashSet())];
            _movable = [.. Enumerable.Range(0, _cases.Length).Where(c => Must(c) || _cases[c].Fixed is null)];
            _carried = new double[_carriers.Length];
            for (var c = 0; c < _cases.Length; c++) _carried[_origin[c]] += _cases[c].Weight;
            var capacity = _carriers.Where(c => !c.Leaves).Sum(c => c.Capacity);
            _fair = [.. _carriers.Select(c => c.Leaves || capacity <= 0 ? 0 : _carried.Sum() * c.Capacity / capacity)];
        }

        public double Misplaced => _carried.Zip(_fair, (carried, fair) => Math.Abs(carried - fair)).Sum() / 2;

        public double Handover => Moved().Sum(c => _cases[c].Handover);

        /// <returns>Cases that nobody may take.</returns>
        public List<string> Evacuate()
        {
            var stranded = new List<string>();
            foreach (var c in _movable.Where(Must).OrderByDescending(c => _cases[c].Weight).ThenBy(c => c))
            {
                var takers = Takers(c).ToList();
                if (takers.Count == 0) stranded.Add(_cases[c].Id);
                else Put(c, takers.MinBy(to => (_carried[to] + _cases[c].Weight - _fair[to]) / _carriers[to].Capacity));
            }
            stranded.Sort(StringComparer.Ordinal);
            return stranded;
        }

        public IReadOnlyList<Step>? Next() => BestStep() is { } step ? [step] : TwoSteps();

        // The first makes room for the second.
        private Step[]? TwoSteps()
        {
            var singles = (long)_movable.Count * _carriers.Length;
            if (singles * (singles + ((long)_movable.Count * _movable.Count / 2)) > MostSequences) return null;
            (double Saves, Step[] Steps)? best = null;
            foreach (var c in _movable)
            {
                var from = _at[c];
                foreach (var to in Takers(c).ToList())
                {
                    var first = Weighed(new Step(c, to, -1, -1, 0, 0));
                    Put(c, to);
                    if (_counted <= _input.MostMoves && BestStep() is { } second && first.Saves + second.Saves > (best?.Saves ?? 0) + Nothing) best = (first.Saves + second.Saves, [first, second]);
                    Put(c, from);
                }
            }
            return best?.Steps;
        }

        private Step? BestStep()
        {
            Step? best = null;
            foreach (var c in _movable)
            {
                foreach (var to in Takers(c)) Weigh(new Step(c, to, -1, -1, 0, 0), ref best);
            }
            if ((long)_movable.Count * _movable.Count / 2 > MostPairs) return best;
            for (var i = 0; i < _movable.Count; i++)
            {
                for (var j = i + 1; j < _movable.Count; j++)
                {
                    var (one, other) = (_movable[i], _movable[j]);
                    if (_at[one] != _at[other] && May(one, _at[other]) && May(other, _at[one])) Weigh(new Step(one, _at[other], other, _at[one], 0, 0), ref best);
                }
            }
            return best;
        }

        public void Take(Step step)
        {
            Put(step.Case, step.To);
            if (step.Other >= 0) Put(step.Other, step.OtherTo);
        }

        public List<ProposedMove> Moves() =>
        [
            .. Moved().Select(c => new ProposedMove(_cases[c].Id, _carriers[_origin[c]].Id, _carriers[_at[c]].Id, _cases[c].Weight, _cases[c].Handover, GainOf(c))),
        ];

        private IEnumerable<int> Moved() => Enumerable.Range(0, _cases.Length).Where(c => _at[c] != _origin[c]);

        private IEnumerable<int> Takers(int c) => Enumerable.Range(0, _carriers.Length).Where(to => to != _at[c] && May(c, to));

        private bool Must(int c) => _cases[c].Must || _carriers[_origin[c]].Leaves;

        // Home again is always allowed, but where it must not stay.
        private bool May(int c, int to) => to == _origin[c] ? !Must(c) : !_carriers[to].Leaves && _carriers[to].Takes && !_barred[c].Contains(to);

        private void Put(int c, int to)
        {
            _counted += Counts(c, to);
            _carried[_at[c]] -= _cases[c].Weight;
            _carried[to] += _cases[c].Weight;
            _at[c] = to;
        }

        private double GainOf(int c)
        {
            var (from, to, weight) = (_origin[c], _at[c], _cases[c].Weight);
            return Off(from, weight) + Off(to, -weight) - Off(from, 0) - Off(to, 0);
        }

        private double Off(int carrier, double more) => Math.Abs(_carried[carrier] + more - _fair[carrier]) / 2;

        private void Weigh(Step step, ref Step? best)
        {
            step = Weighed(step);
            if (step.Saves <= Nothing) return;
            // Among those that save alike the one that leaves nobody far from what is fair.
            if (best is { } known && (step.Saves < known.Saves - Nothing || (step.Saves < known.Saves + Nothing && step.Evens <= known.Evens + Nothing))) return;
            if (_counted + Counts(step.Case, step.To) + (step.Other >= 0 ? Counts(step.Other, step.OtherTo) : 0) <= _input.MostMoves) best = step;
        }

        private Step Weighed(Step step)
        {
            var (from, to) = (_at[step.Case], step.To);
            var shifted = _cases[step.Case].Weight - (step.Other >= 0 ? _cases[step.Other].Weight : 0);
            var costs = Costs(step.Case, to) + (step.Other >= 0 ? Costs(step.Other, step.OtherTo) : 0);
            return step with
            {
                Saves = Off(from, 0) + Off(to, 0) - Off(from, -shifted) - Off(to, shifted) - costs,
                Evens = Far(from, 0) + Far(to, 0) - Far(from, -shifted) - Far(to, shifted),
            };
        }

        private double Far(int carrier, double more)
        {
            var off = (_carried[carrier] + more - _fair[carrier]) / _carriers[carrier].Capacity;
            return off * off * _carriers[carrier].Capacity;
        }

        // What it adds to the cost of all moves.
        private double Costs(int c, int to) => ((to != _origin[c] ? 1 : 0) - (_at[c] != _origin[c] ? 1 : 0)) * _cases[c].Handover;

        private int Counts(int c, int to) => Must(c) ? 0 : (to != _origin[c] ? 1 : 0) - (_at[c] != _origin[c] ? 1 : 0);
    }
}
