import { servePack } from "../support/servePack";
import { learnerLab } from "./pack";

servePack(learnerLab);
