import "../nodeHooks/register.cjs";

import { runCommand } from "../cli/runCommand";
import { program } from "./program";

void runCommand(program);
