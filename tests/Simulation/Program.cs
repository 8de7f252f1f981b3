return Simulation.CommandLine.Run(args);
