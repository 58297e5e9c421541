import { servePack } from "../support/servePack";
import { guardrails } from "./pack";

servePack(guardrails);
