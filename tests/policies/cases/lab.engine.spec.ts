import { judgeWithEngine } from "./engineVerdicts";

judgeWithEngine("lab");
