import { servePack } from "../support/servePack";
import { production } from "./pack";

servePack(production);
