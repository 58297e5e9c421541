import "../nodeHooks/register.cjs";
import "../engine/patches/singleProgram";

import { runCommand } from "../cli/runCommand";
import { localProgram } from "./program";

void runCommand(localProgram);
